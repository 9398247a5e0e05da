"""Which texts are addresses, which are the same one, and which must never reach a header."""

import pytest

from models_catalog.subscriptions.addresses import BadAddress, read_address


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("reader@example.org", "reader@example.org"),
        (" Reader@Example.ORG ", "Reader@example.org"),
        ("o'neil+gap@mail.example.org", "o'neil+gap@mail.example.org"),
        ("leser@bücher.example", "leser@xn--bcher-kva.example"),
        ("leser@straße.example", "leser@xn--strae-oqa.example"),
        ("読者@example.org".replace("読者", "yomu"), "yomu@example.org"),
        (f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 56}.org", f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 56}.org"),
    ],
)  # fmt: skip
def test_an_address_is_written_in_one_way(typed: str, written: str) -> None:
    assert read_address(typed).text == written


@pytest.mark.parametrize(
    "typed",
    [
        "", "reader", "@example.org", "reader@", "a b@example.org", "reader@example", "reader@[127.0.0.1]",
        "reader@example.org\r\nBcc: all@example.org", "reader@example.org\nBcc: x@example.org",
        "reader\x00@example.org",
        "reader@exam\u200bple..org", "reader@\u202eexample.org", "読者@example.org", "reader@-example-.org",
        "a@b.org,c@d.org", "Reader <reader@example.org>", f"{'a' * 65}@example.org",
        f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 63}.{'e' * 59}.org", f"reader@{'b' * 64}.org",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_in_one_sentence(typed: str) -> None:
    with pytest.raises(BadAddress, match=r"^[A-Z].*\.$"):
        read_address(typed)


def test_an_address_of_320_characters_is_refused() -> None:
    typed = f"{'a' * 64}@{'.'.join(['b' * 62] * 4)}.org"
    assert len(typed) == 320
    with pytest.raises(BadAddress, match="longer"):
        read_address(typed)


def test_one_mailbox_has_one_hash_however_it_is_written_and_two_have_two() -> None:
    same = {read_address(typed).hash for typed in ("Reader@example.org", "reader@EXAMPLE.org")}
    assert len(same) == 1
    assert read_address("leser@straße.example").hash != read_address("leser@strasse.example").hash
    assert read_address("leser@bücher.example").hash == read_address("leser@xn--bcher-kva.example").hash


def test_a_person_sees_the_domain_in_its_own_letters() -> None:
    assert read_address("leser@bücher.example").readable == "leser@bücher.example"
