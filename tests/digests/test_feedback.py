"""Signed reports of a provider: taken once, acted on at once, refused when the signature is wrong."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import include, path
from django.utils import timezone
from pytest_django import Settings

from models_catalog.models import Delivery, Edition, Feedback, Incident, Suppression
from models_catalog.vocabulary import DeliveryState, Suppressed
from tests.digests.editions import planned

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.digests.test_feedback")]
urlpatterns = [
    path("anymail/", include("anymail.urls")),
    path("", include("tracker.urls")),
]  # a refusal is a page
KEY = "a signing key"


@pytest.fixture(autouse=True)
def provider(settings: Settings) -> None:
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": KEY}


def report(delivery: Delivery, event: str, number: str = "1", key: str = KEY, said: str = "") -> Response:
    """One report as Mailgun signs it."""
    stamp = str(int(timezone.now().timestamp()))
    signature = hmac.new(key.encode(), f"{stamp}{number}".encode(), hashlib.sha256).hexdigest()
    data = {"event": event, "id": number, "timestamp": float(stamp), "recipient": "reader0@example.org"}
    body = {
        "signature": {"timestamp": stamp, "token": number, "signature": signature},
        "event-data": data
        | {"user-variables": {"delivery": str(delivery.pk)}, "delivery-status": {"message": said}},
    }
    return Client().post("/anymail/mailgun/tracking/", json.dumps(body), content_type="application/json")


def test_a_complaint_suppresses_at_once_and_counts_once(edition: Edition) -> None:
    row = planned(edition, 1)[0]
    for _ in range(3):
        assert report(row, "complained").status_code == 200
    assert Feedback.objects.count() == 1
    assert Suppression.objects.get().reason == Suppressed.COMPLAINED


def test_a_permanent_bounce_suppresses_and_a_passing_one_does_not(edition: Edition) -> None:
    first, second = planned(edition, 2)
    report(second, "failed", "2", said="temporary failure")
    assert not Suppression.objects.exists()
    report(first, "failed", "1", said="no such user")
    assert Suppression.objects.get().reason == Suppressed.BOUNCED


def test_a_wrong_signature_changes_nothing(edition: Edition) -> None:
    row = planned(edition, 1)[0]
    assert report(row, "complained", key="another key").status_code == 400
    assert not Feedback.objects.exists()


def test_two_complaints_in_a_thousand_stop_the_edition(edition: Edition) -> None:
    rows = planned(edition, 20)
    Delivery.objects.update(state=DeliveryState.SENT)
    report(rows[0], "complained", "1")
    assert Edition.objects.get().held_at is None
    report(rows[1], "complained", "2")
    assert Edition.objects.get().held_reason == "2 complaints about 20 mails: more than 0.1 %"
    assert Incident.objects.filter(source="digest", closed_at=None).exists()


def test_opening_and_clicking_are_of_no_concern(edition: Edition) -> None:
    row = planned(edition, 1)[0]
    assert report(row, "opened").status_code == 200
    assert not Feedback.objects.exists()
