"""What a mail host's answer means: sent, refused for good, later, our own trouble, or nobody knows."""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass
from enum import StrEnum

from anymail.exceptions import AnymailConfigurationError, AnymailError, AnymailRecipientsRefused

ENHANCED = re.compile(r"\b5\.(\d{1,3})\.(\d{1,3})\b")
NO_SUCH_MAILBOX = {550, 551, 553}
SERVICE_CLOSING = 421


class Meaning(StrEnum):
    LATER = "later"  # this mail, some other time
    REFUSED = "refused"  # this mail, for good
    TROUBLE = "trouble"  # the host or our settings: nothing can be sent now, nothing was
    UNCERTAIN = "uncertain"  # it may have arrived


@dataclass(frozen=True, slots=True)
class Answer:
    meaning: Meaning
    said: str
    dead_address: bool = False  # the mailbox does not exist: never write again
    host_down: bool = False  # whatever it means for this mail, the connection is gone


def read_error(error: Exception, *, begun: bool) -> Answer:
    """What it means that sending one mail raised this. `begun`: its bytes had begun to leave."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, words = next(iter(error.recipients.values()))
            return refused(code, text_of(words))
        case smtplib.SMTPDataError():  # a definite answer: the message was not taken
            return refused(error.smtp_code, text_of(error.smtp_error))
        case smtplib.SMTPResponseException():  # greeting, login, sender: about us, before any message
            said = f"{error.smtp_code} {text_of(error.smtp_error)}"
            return Answer(Meaning.TROUBLE, said, host_down=True)
        case AnymailError():
            return provider_error(error, begun=begun)
    said = f"{type(error).__name__}: {error}"[:300]
    return Answer(Meaning.UNCERTAIN if begun else Meaning.TROUBLE, said, host_down=True)


def provider_error(error: AnymailError, *, begun: bool) -> Answer:
    """A provider's library refused, the provider answered, or nobody knows."""
    said = f"{type(error).__name__}: {error}"[:300]
    if isinstance(error, AnymailRecipientsRefused):
        return Answer(Meaning.REFUSED, said)
    if isinstance(error, AnymailConfigurationError):
        return Answer(Meaning.TROUBLE, said, host_down=True)
    if error.status_code is not None:
        return provider_answer(int(error.status_code), said)
    return Answer(Meaning.UNCERTAIN if begun else Meaning.TROUBLE, said, host_down=True)


def refused(code: int, words: str) -> Answer:
    said = f"{code} {words}"[:300]
    if code == SERVICE_CLOSING:
        return Answer(Meaning.LATER, said, host_down=True)
    if code < 500:
        return Answer(Meaning.LATER, said)
    return Answer(Meaning.REFUSED, said, dead_address=is_dead(code, words))


def is_dead(code: int, words: str) -> bool:
    """Does the host say that the mailbox is not there (5.1.x, 5.2.1), and not that it dislikes the mail?"""
    if found := ENHANCED.search(words):
        return found[1] == "1" or (found[1], found[2]) == ("2", "1")
    return code in NO_SUCH_MAILBOX


def provider_answer(status: int, said: str) -> Answer:
    """A provider's HTTP answer: 429 and 503 later, 401 and 403 our keys, other 4xx this mail, else unknown."""
    if status in {429, 503}:
        return Answer(Meaning.LATER, said, host_down=True)
    if status in {401, 403}:
        return Answer(Meaning.TROUBLE, said, host_down=True)
    return Answer(Meaning.REFUSED if status < 500 else Meaning.UNCERTAIN, said)


def text_of(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words
