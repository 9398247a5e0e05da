"""Links that prove who holds them: signed, one salt per purpose, so that no token serves for anything else.

Nothing is stored: a token says which subscriber and which round. Links to confirm expire after 72 hours and
with the round; links to unsubscribe never do, because an old mail must keep its promise.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from models_catalog.models import Subscriber

CONFIRM_HOURS = 72
LONGEST = 200


class Purpose(StrEnum):
    CONFIRM = "confirm"
    MANAGE = "manage"
    UNSUBSCRIBE = "unsubscribe"


LIFETIME: dict[Purpose, timedelta | None] = {
    Purpose.CONFIRM: timedelta(hours=CONFIRM_HOURS),
    Purpose.MANAGE: timedelta(days=400),
    Purpose.UNSUBSCRIBE: None,
}


class BadToken(ValueError):
    """The link was changed, cut, made for something else, or belongs to nobody any more."""


class ExpiredToken(BadToken):
    """The link was good and is too old now."""


def token_for(subscriber: Subscriber, purpose: Purpose) -> str:
    said = f"{subscriber.key.hex}.{subscriber.round}"
    return signer(purpose).sign(said)


def read_token(token: str, purpose: Purpose) -> Subscriber:
    """Whose token it is. Raises BadToken, or ExpiredToken."""
    if len(token) > LONGEST:
        raise BadToken("this link is too long to be ours")
    try:
        said = signer(purpose).unsign(token, max_age=LIFETIME[purpose])
    except SignatureExpired as error:
        raise ExpiredToken("this link is too old") from error
    except BadSignature as error:
        raise BadToken("this link is damaged, or was made for something else") from error
    key, _, number = said.partition(".")
    found = Subscriber.objects.filter(key=UUID(hex=key)).first()
    if found is None:
        raise BadToken("this link belongs to an address we no longer have")
    if purpose is Purpose.CONFIRM and found.round != int(number):
        raise ExpiredToken("this link was replaced by a later one")
    return found


def signer(purpose: Purpose) -> TimestampSigner:
    return TimestampSigner(salt=f"opengap.digest.{purpose}")
