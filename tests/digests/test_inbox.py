"""Mail that comes to us: readers who unsubscribe by mail, hosts that report bounces, junk that proves nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from models_catalog.digests.inbox import read_inbox
from models_catalog.digests.mail import list_headers
from models_catalog.digests.mailboxes import MailboxTrouble
from models_catalog.digests.returned import read_returned
from models_catalog.models import Delivery, Edition, Feedback, Incident, Subscriber, Suppression
from models_catalog.subscriptions.tokens import Purpose, token_for
from models_catalog.tasks import read_mail
from models_catalog.vocabulary import DeliveryState, Standing, Suppressed
from tests.digests.editions import planned
from tests.digests.letters import bounce, complaint, imap_host, put, wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def inbox(settings: Settings, tmp_path: Path) -> Path:
    """An empty maildir that is read."""
    settings.OPENGAP_INBOX = {"scheme": "maildir", "path": str(tmp_path / "mail")}
    put(tmp_path / "mail")
    return tmp_path / "mail"


def sent(edition: Edition, number: int) -> list[Delivery]:
    rows = planned(edition, number)
    Delivery.objects.update(state=DeliveryState.SENT)
    return rows


def person(row: Delivery) -> Subscriber:
    assert row.subscriber
    return row.subscriber


def test_the_address_we_invite_mail_to_is_the_one_we_read(
    settings: Settings, inbox: Path, edition: Edition
) -> None:
    reader = person(sent(edition, 1)[0])
    mailto = list_headers(reader)["List-Unsubscribe"].split(", ")[1]
    assert mailto.startswith("<mailto:unsubscribe@localhost.localdomain?subject=unsubscribe%20")
    put(inbox, wish(mailto.partition("subject=")[2].rstrip(">").replace("%20", " ")))
    assert read_inbox() == {"unsubscribed": 1}
    assert Subscriber.objects.get().standing == Standing.ENDED
    settings.OPENGAP_INBOX = {}
    assert "mailto:" not in list_headers(reader)["List-Unsubscribe"]
    assert read_inbox() == {}


def test_a_mail_is_acted_on_once_even_when_it_is_read_again(inbox: Path, edition: Edition) -> None:
    reader = person(sent(edition, 1)[0])
    mail = wish("Re: please", f"unsubscribe {token_for(reader, Purpose.UNSUBSCRIBE)}\n")
    put(inbox, mail)
    assert read_inbox() == {"unsubscribed": 1}
    assert read_inbox() == {}  # marked as read
    assert len(list((inbox / "cur").iterdir())) == 1
    Subscriber.objects.update(standing=Standing.ACTIVE)  # the reader came back
    put(inbox, mail)  # delivered twice, or its reader was killed before it was marked
    assert read_inbox() == {"again": 1}
    assert Subscriber.objects.get().standing == Standing.ACTIVE


def test_tokens_that_prove_nothing_are_refused(inbox: Path, edition: Edition) -> None:
    reader = person(sent(edition, 1)[0])
    token = token_for(reader, Purpose.UNSUBSCRIBE)
    tampered = token[:-3] + ("abc" if not token.endswith("abc") else "xyz")
    put(inbox, wish(f"unsubscribe {tampered}"), wish(f"unsubscribe {token_for(reader, Purpose.MANAGE)}"))
    put(inbox, wish("unsubscribe"), wish("unsubscribe reader0@example.org"), b"\xff\xfe\x00 junk", b"")
    put(
        inbox,
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n--x--\n",
    )
    assert read_inbox() == {"refused": 2, "other": 5}
    assert Subscriber.objects.get().standing == Standing.ACTIVE
    assert not Feedback.objects.exists()


def test_a_bounce_of_ours_suppresses_when_the_mailbox_is_not_there(inbox: Path, edition: Edition) -> None:
    rows = sent(edition, 4)
    put(
        inbox,
        bounce(rows[0].message_id, "5.1.1", "550 5.1.1 no such user"),
        bounce(rows[1].message_id, "5.2.2", "552 5.2.2 mailbox full", headers_only=True),
        bounce(rows[2].message_id, "4.4.1", "no answer yet", action="delayed"),
        bounce("2026-w34.nobodys", "5.1.1", "550 no such user"),
    )
    assert read_inbox() == {"bounced": 2, "other": 1, "refused": 1}
    assert [row.address_hash for row in Suppression.objects.all()] == [person(rows[0]).address_hash]
    assert {row.delivery_id: row.hard for row in Feedback.objects.all()} == {
        rows[0].pk: True,
        rows[1].pk: False,
    }
    assert Edition.objects.get().held_reason == "2 of 4 mails bounced: more than 5 %"


def test_a_complaint_suppresses_and_what_is_no_complaint_does_not(inbox: Path, edition: Edition) -> None:
    first, second = sent(edition, 2)
    put(inbox, complaint(first.message_id), complaint(second.message_id, "not-spam"))
    assert read_inbox() == {"complained": 1, "other": 1}
    assert Suppression.objects.get().reason == Suppressed.COMPLAINED


@pytest.mark.parametrize(
    ("status", "said", "hard"),
    [
        ("5.1.1", "", True),
        ("5.0.0", "smtp; 550 unknown user", True),
        ("5.0.0", "smtp; 554 refused", False),
        ("5.0.0", "", False),
        ("5.7.1", "smtp; 550 5.7.1 we think it is spam", False),
        ("4.2.2", "smtp; 452 full", False),
    ],
)
def test_only_a_mailbox_that_is_gone_is_a_hard_bounce(status: str, said: str, hard: bool) -> None:
    found = read_returned(bounce("ours", status, said.removeprefix("smtp; ")).as_bytes())
    assert (found.kind, found.about, found.hard) == ("bounced", "ours", hard)


def test_an_imap_mailbox_is_read_and_its_trouble_is_an_incident(
    settings: Settings, edition: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    token = token_for(person(sent(edition, 1)[0]), Purpose.UNSUBSCRIBE)
    where = {"scheme": "imap", "host": "127.0.0.1", "user": "us", "password": "secret", "folder": "INBOX"}
    with imap_host(wish(f"unsubscribe {token}"), wish("Hello")) as (port, host):
        settings.OPENGAP_INBOX = where | {"port": str(port), "password": "wrong"}
        with pytest.raises(MailboxTrouble, match="cannot be read"):
            read_inbox()
        assert read_mail() == {}
        incident = Incident.objects.get(source="digest", board="inbox")
        assert (incident.times, "secret" in incident.detail) == (2, False)
        settings.OPENGAP_INBOX = where | {"port": str(port)}
        call_command("digest_inbox", "--json")
        assert json.loads(capsys.readouterr().out) == {"unsubscribed": 1, "other": 1}
        assert host.seen == {7, 8}
        assert read_inbox() == {}
    assert not Incident.objects.filter(closed_at=None).exists()
    assert Subscriber.objects.get().standing == Standing.ENDED


def test_without_a_mailbox_the_command_says_so(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="names no mailbox"):
        call_command("digest_inbox")
    settings.OPENGAP_INBOX = {"scheme": "maildir", "path": str(tmp_path / "nowhere")}
    with pytest.raises(CommandError, match="is no maildir"):
        call_command("digest_inbox")
