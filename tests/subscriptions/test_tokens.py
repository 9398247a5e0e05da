"""Links prove one thing for one purpose; changed, cut, old, or borrowed ones prove nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from models_catalog.models import Subscriber
from models_catalog.subscriptions import leaving
from models_catalog.subscriptions.tokens import BadToken, ExpiredToken, Purpose, read_token, token_for

pytestmark = pytest.mark.django_db
MakeReader = Callable[..., Subscriber]


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_token_leads_back_to_its_subscriber(reader: MakeReader, purpose: Purpose) -> None:
    person = reader()
    assert read_token(token_for(person, purpose), purpose) == person


@pytest.mark.parametrize("purpose", list(Purpose))
@pytest.mark.parametrize("other", list(Purpose))
def test_a_token_serves_no_other_purpose(reader: MakeReader, purpose: Purpose, other: Purpose) -> None:
    if purpose != other:
        with pytest.raises(BadToken, match="something else"):
            read_token(token_for(reader(), purpose), other)


def test_any_changed_character_spoils_it(reader: MakeReader) -> None:
    token = token_for(reader(), Purpose.CONFIRM)
    for place in range(0, len(token), 7):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        with pytest.raises(BadToken):
            read_token(changed, Purpose.CONFIRM)
    for broken in (token[:-1], f"{token}A", "", ":", "a:b:c", "x" * 10_000, token.swapcase()):
        with pytest.raises(BadToken):
            read_token(broken, Purpose.CONFIRM)


def test_a_link_to_confirm_holds_for_72_hours(reader: MakeReader) -> None:
    person, now = reader(), timezone.now()
    with time_machine.travel(now, tick=False):
        confirm, unsubscribe = token_for(person, Purpose.CONFIRM), token_for(person, Purpose.UNSUBSCRIBE)
    with time_machine.travel(now + timedelta(hours=71), tick=False):
        assert read_token(confirm, Purpose.CONFIRM) == person
    with time_machine.travel(now + timedelta(hours=73), tick=False), pytest.raises(ExpiredToken):
        read_token(confirm, Purpose.CONFIRM)
    with time_machine.travel(now + timedelta(days=2000), tick=False):
        assert read_token(unsubscribe, Purpose.UNSUBSCRIBE) == person


def test_unsubscribing_ends_older_links_to_confirm(reader: MakeReader) -> None:
    person = reader()
    token = token_for(person, Purpose.CONFIRM)
    leaving.unsubscribe(person)
    with pytest.raises(ExpiredToken, match="replaced"):
        read_token(token, Purpose.CONFIRM)


def test_a_forgotten_address_has_no_links(reader: MakeReader) -> None:
    person = reader()
    token = token_for(person, Purpose.MANAGE)
    leaving.erase(person)
    with pytest.raises(BadToken, match="no longer have"):
        read_token(token, Purpose.MANAGE)


def test_a_token_does_not_tell_the_address(reader: MakeReader) -> None:
    assert "reader" not in token_for(reader(), Purpose.MANAGE)
