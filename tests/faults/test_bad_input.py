"""Bad input end to end: a page with something impossible, hostile or odd in one place ends with a name.

Never a crash ("our fault"), never half a page, and what was accepted before stays as it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from models_catalog.fetch.limits import DATA
from models_catalog.models import CurrentObservation, Fetch, Observation, Subject
from models_catalog.vocabulary import FactKind, Outcome
from tests.faults.offers import Offer, listed, offers, repository
from tests.faults.world import World, extended, snapshot
from tests.sources.examples import FOLDER
from tests.web.reading import page, text_of

ACCEPTED, UNCHANGED = Outcome.ACCEPTED, Outcome.UNCHANGED
QUARANTINED, REJECTED = Outcome.QUARANTINED, Outcome.REJECTED
ODD = 7  # the row with something wrong in it
ODD_ID = "lab-07/model-07"


@dataclass(frozen=True)
class Bad:
    body: Callable[[], bytes]
    outcome: Outcome
    sentence: str


def planted(change: Callable[[Offer], object], **escapes: str) -> Callable[[], bytes]:
    """The good list with one row edited; `escapes` replace a word by what json.dumps would not write."""

    def body() -> bytes:
        models = offers()
        change(models[ODD])
        text = listed(models).decode()
        for word, raw in escapes.items():
            assert word in text
            text = text.replace(word, raw)
        return text.encode("utf-8", "surrogatepass")

    return body


def priced(amount: object, **escapes: str) -> Callable[[], bytes]:
    return planted(lambda item: item["pricing"].update(prompt=amount), **escapes)


def named(name: str, **escapes: str) -> Callable[[], bytes]:
    return planted(lambda item: item.update(name=name), **escapes)


def with_latin_1() -> bytes:
    return named("Mod\u00e8le")().replace(b"\\u00e8", "\u00e8".encode("latin-1"))


def twice(key: str) -> Callable[[], bytes]:
    return lambda: listed(offers()).replace(f'"{key}"'.encode(), f'"{key}": "x", "{key}"'.encode(), 1)


BAD = {
    "NUL in a name": Bad(named("Model\0"), QUARANTINED, "a control character or half a surrogate pair"),
    "half a surrogate pair": Bad(
        named("half", half="\\ud83d"), QUARANTINED, "a control character or half a surrogate pair"
    ),
    "an escape character": Bad(named("\x1b[31mred"), QUARANTINED, "a control character"),
    "mixed encodings": Bad(with_latin_1, REJECTED, "not UTF-8 text where JSON is due: byte 0xe8"),
    "NaN": Bad(priced("word", **{'"word"': "NaN"}), REJECTED, "the JSON holds NaN, which is not a number"),
    "minus infinity": Bad(priced("word", **{'"word"': "-Infinity"}), REJECTED, "the JSON holds -Infinity"),
    "NaN in quotes": Bad(priced("NaN"), QUARANTINED, "prompt: not a finite number"),
    "infinity in quotes": Bad(priced("Infinity"), QUARANTINED, "prompt: not a finite number"),
    "1e400": Bad(priced("word", **{'"word"': "1e400"}), QUARANTINED, "beyond anything that can be true"),
    "a negative price": Bad(priced("-0.5"), QUARANTINED, "prompt: a negative price"),
    "a price of five thousand dollars": Bad(priced("0.005"), QUARANTINED, "at most 1000 is plausible"),
    "a price with a footnote": Bad(priced("$0.15*"), UNCHANGED, "1 row(s) held back"),
    "a decimal comma": Bad(priced("1,5"), UNCHANGED, "1 row(s) held back"),
    "a price that is true": Bad(priced(True), UNCHANGED, "1 row(s) held back"),
    "a price that is a list": Bad(priced(["0.1"]), UNCHANGED, "1 row(s) held back"),
    "a name of 10 MB": Bad(named("A" * 10_000_000), UNCHANGED, "1 row(s) held back"),
    "a name of 201 letters": Bad(named("A" * 201), QUARANTINED, "3 of 120 rows unreadable, first: lab-07/model-07"),
    "no name": Bad(named("  "), UNCHANGED, "1 row(s) held back"),
    "listed in the year 9999": Bad(
        planted(lambda item: item.update(created=253_370_764_800)), QUARANTINED, "not a Unix time between 2015 and 2100"
    ),
    "expires on 31 February": Bad(
        planted(lambda item: item.update(expiration_date="2026-02-31")), ACCEPTED, ""
    ),
    "a context of 2^63": Bad(
        planted(lambda item: item.update(context_length=2**63)), QUARANTINED, "context_length: outside 0 to 2^63"
    ),
    "a number of 5,000 digits": Bad(
        planted(lambda item: item.update(context_length="digits"), **{'"digits"': "9" * 5_000}), REJECTED,
        "the JSON holds a number that cannot be read",
    ),
    "a key twice": Bad(twice("prompt"), REJECTED, "the key 'prompt' appears twice in one JSON object"),
    "a row that is no object": Bad(
        lambda: json.dumps({"data": [*offers(39), "lab-39/model-39"]}).encode(), ACCEPTED, "1 row(s) held back"
    ),
    "100,000 brackets": Bad(
        lambda: b'{"data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", REJECTED, "the JSON is nested without end"
    ),
}  # fmt: skip


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_one_bad_place_never_costs_what_was_accepted(world: World, bad: Bad) -> None:
    roomy(world)
    before = snapshot()
    run = world.deliver(bad.body())
    assert (run.outcome, bad.sentence in run.reason, "\n" in run.reason) == (bad.outcome, True, False), (
        run.reason
    )
    assert "our fault" not in run.reason
    assert extended(before)
    if bad.outcome in (ACCEPTED, UNCHANGED):
        check_kept(world)
    else:
        assert snapshot() == before
        assert world.incident().detail == run.reason
    assert "OpenRouter" in world.text("/status/")
    json.dumps(Fetch.objects.latest("id").problems)


def roomy(world: World) -> None:
    """With the real size limits, so that a page is judged by what is in it."""
    limits = replace(world.through.limits, caps={"json": DATA, "yaml": DATA, "csv": DATA})
    world.through = replace(world.through, limits=limits)


def check_kept(world: World) -> None:
    """The row that could not be read keeps its last good price; no incident, for the page was taken."""
    price = CurrentObservation.objects.get(
        subject__external_id=ODD_ID, kind=FactKind.PRICE, key__startswith="openrouter|input|"
    )
    assert (price.observation.present, price.observation.value["amount"]) == (True, "0.0000008")
    assert "What is wrong now" not in world.text("/status/")


def test_a_model_listed_twice_with_two_prices_is_named_and_the_first_counts(world: World) -> None:
    run = world.deliver(
        listed([*offers(), {**offers()[ODD], "pricing": {"prompt": "0.5", "completion": "0.5"}}])
    )
    assert run.outcome == QUARANTINED  # $500,000 per million: impossible
    run = world.deliver(listed([*offers(), {**offers()[ODD], "pricing": {"prompt": "0.000001"}}]))
    assert (run.outcome, run.reason) == (UNCHANGED, "1 row(s) held back")
    assert (
        Fetch.objects.latest("id")
        .problems[0]["reason"]
        .startswith("two values for one price openrouter|input")
    )


HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "out of an attribute": '" onmouseover="alert(1)',
    "a template": "{{7*7}}{% debug %}",
    "the end of a script": "</script><b>bold</b>",
    "a formula": '=HYPERLINK("http://a.example")',
    "right to left": "safe\u202egpj.exe",
    "a zero-width twin": "Lab 07: Mo\u200bdel 07",
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_name_is_kept_as_it_is_and_shown_harmless(world: World, name: str) -> None:
    run = world.deliver(planted(lambda item: item.update(id=f"lab/{name}", name=name))())
    assert (run.outcome, run.reason) == (ACCEPTED, "")
    subject = Subject.objects.get(external_id=f"lab/{name}")
    assert subject.name == name
    row = Observation.objects.filter(subject=subject, kind=FactKind.PRICE).latest("id")
    found = page(world.client, f"/evidence/{row.pk}/")
    assert found.select("[onmouseover]") == []
    assert "alert(1)" not in " ".join(script.get_text() for script in found.select("script"))
    assert not found.h1 or found.h1.select("b") == []
    said = text_of(found)
    assert "\u202e" not in said
    assert "\u200b" not in said
    assert "49" not in text_of(found.h1)


def test_zero_width_twins_are_two_subjects(world: World) -> None:
    twin = "lab-07/mo\u200bdel-07"
    models = [*offers(), {**offers()[ODD], "id": twin}]
    assert world.deliver(listed(models)).outcome == ACCEPTED
    names = Subject.objects.filter(source="openrouter").values_list("external_id", flat=True)
    assert {twin, ODD_ID} <= set(names)


# The Hub and YAML


def hub_row(**changes: Any) -> bytes:
    return json.dumps(
        [repository("lab/Amber", 1, **changes), *(repository(f"lab/B{n}", n) for n in range(2, 60))]
    ).encode()


HUB = {
    "downloads beyond 2^63": (hub_row(downloads=2**63), QUARANTINED, "downloads: outside 0 to 2^63"),
    "downloads below zero": (hub_row(downloads=-1), QUARANTINED, "downloads: outside 0 to 2^63"),
    "a licence as a list": (hub_row(tags=[], cardData={"license": ["mit", "apache-2.0"]}), ACCEPTED, ""),
    "a licence as a number": (hub_row(cardData={"license": 7}), ACCEPTED, "row(s) held back"),
    "a licence link of a script": (
        hub_row(cardData={"license": "other", "license_link": "javascript:alert(1)"}), ACCEPTED, ""
    ),
    "a day of 12/03/2026": (hub_row(createdAt="12/03/2026"), ACCEPTED, ""),
    "a day of 20/09/2026": (hub_row(createdAt="20/09/2026"), ACCEPTED, ""),
    "a year of 9999": (hub_row(createdAt="9999-12-31"), ACCEPTED, ""),
    "an id that is a number": (hub_row(_id=7), ACCEPTED, "row(s) held back"),
    "an error instead of a list": (b'{"error": "overloaded"}', REJECTED, "an object with the keys error"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "outcome", "sentence"), HUB.values(), ids=HUB)
def test_the_hubs_oddities_end_named(hub: World, body: bytes, outcome: Outcome, sentence: str) -> None:
    hub.source = replace(hub.source, sweeps=hub.source.sweeps[:1])
    run = hub.deliver(body)
    assert (run.outcome, sentence in run.reason) == (outcome, True), run.reason
    assert "our fault" not in run.reason
    stored = Observation.objects.filter(subject__source="huggingface").exists()
    assert stored == (outcome is ACCEPTED)


BOMB = b"a: &a [x, x]\n" + b"".join(
    f"{name}: &{name} [{', '.join([f'*{earlier}'] * 9)}]\n".encode()
    for earlier, name in zip("abcdefgh", "bcdefghi", strict=True)
)
EXAMPLE = (FOLDER / "aider" / "polyglot.yml").read_bytes()
YAML = {
    "an alias bomb": BOMB,
    "an object of Python's": b"- !!python/object/apply:os.system ['true']\n",
    "a key twice": EXAMPLE.replace(b"  model:", b"  model: Other\n  model:", 1),
    "nested without end": b"[" * 100_000 + b"]" * 100_000,
    "a tab for a space": EXAMPLE.replace(b"  model:", b"\tmodel:", 1),
    "not UTF-8": EXAMPLE.replace(b"model: ", b"model: \xe8", 1),
}


@pytest.mark.parametrize("body", YAML.values(), ids=YAML)
def test_yaml_that_is_none_of_ours_is_rejected_whole(aider: World, body: bytes) -> None:
    assert aider.deliver(EXAMPLE).outcome == ACCEPTED
    before = snapshot()
    run = aider.deliver(body)
    assert (run.outcome, "our fault" in run.reason) == (REJECTED, False), run.reason
    assert snapshot() == before
