"""When sending stops by itself: too many bounces or complaints about an edition, or a mail host in trouble.

More than 5 % bounces, or more than 0.1 % complaints, of what was handed over. One single report never stops an
edition: on a list of nineteen readers one full mailbox is already more than 5 %.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from models_catalog.digests.incidents import POST, close_incident, open_incident
from models_catalog.models import Delivery, Edition, Feedback
from models_catalog.vocabulary import DeliveryState

MOST_BOUNCES = 0.05
MOST_COMPLAINTS = 0.001
FEWEST = 2  # reports of one kind
HANDED_OVER = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Reports:
    """Of one edition: mails handed over, how many bounced or were complained about, and how many a person knows of."""

    handed_over: int
    bounces: int
    complaints: int
    reviewed_bounces: int = 0
    reviewed_complaints: int = 0

    @property
    def verdict(self) -> str:
        """Why sending must stop; "" when it may go on."""
        if (
            self.complaints >= self.reviewed_complaints + FEWEST
            and self.complaints > MOST_COMPLAINTS * self.handed_over
        ):
            return f"{self.complaints} complaints about {self.handed_over} mails: more than 0.1 %"
        if self.bounces >= self.reviewed_bounces + FEWEST and self.bounces > MOST_BOUNCES * self.handed_over:
            return f"{self.bounces} of {self.handed_over} mails bounced: more than 5 %"
        return ""


def reports_of(edition: Edition) -> Reports:
    rows = Delivery.objects.filter(edition=edition)
    feedback = Feedback.objects.filter(edition=edition)
    return Reports(
        handed_over=rows.filter(state__in=HANDED_OVER).count(),
        bounces=rows.filter(state=DeliveryState.FAILED).count() + feedback.filter(kind="bounced").count(),
        complaints=feedback.filter(kind="complained").count(),
        reviewed_bounces=edition.reviewed_bounces,
        reviewed_complaints=edition.reviewed_complaints,
    )


def check_edition(edition: Edition) -> str:
    """Hold the edition when its reports say so, and open an incident. Returns why, "" when it goes on."""
    why = reports_of(edition).verdict
    if why:
        hold(edition, why)
    return why


@transaction.atomic
def hold(edition: Edition, why: str) -> None:
    now = timezone.now()
    if Edition.objects.filter(pk=edition.pk, held_at=None).update(held_at=now, held_reason=why):
        open_incident(edition.week, "stopped", f"Sending of {edition.week} stopped: {why}.")


@transaction.atomic
def release(edition: Edition) -> None:
    """A person looked at the reports there are: go on; further ones are judged anew."""
    known = reports_of(edition)
    Edition.objects.filter(pk=edition.pk).update(
        held_at=None,
        held_reason="",
        reviewed_bounces=known.bounces,
        reviewed_complaints=known.complaints,
    )
    close_incident(edition.week)


def note_post_trouble(said: str) -> None:
    open_incident(POST, "mail host", f"The mail host did not take mail: {said}")


def note_post_well() -> None:
    close_incident(POST)
