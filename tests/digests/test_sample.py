"""The demo's own edition: composed of its richest week, once, and kept where the mailbox page shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from models_catalog.digests.weeks import read_week
from models_catalog.models import AIModel, Delivery, Edition
from models_catalog.subscriptions.mailbox import letter_names, read_letter
from models_catalog.tasks import send_sample
from models_catalog.vocabulary import DeliveryState
from tests.web.stored import world

pytestmark = pytest.mark.django_db


def test_a_demo_sends_one_rich_edition_that_its_mailbox_shows(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "models_catalog.subscriptions.mailbox.FolderBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    assert send_sample() == ""  # mail may leave this machine
    settings.OPENGAP_MAILBOX = True
    assert send_sample() == ""  # nothing to tell of
    world()
    AIModel.objects.filter(slug="birch-3").update(released=read_week("2026-W07").sunday)
    assert [send_sample(), send_sample()] == ["2026-W07", ""]
    assert [row.state for row in Delivery.objects.all()] == [DeliveryState.SENT]
    assert not Edition.objects.get().quiet
    [name] = letter_names()
    letter = read_letter(name)
    assert letter is not None
    assert letter.subject == Edition.objects.get().subject
    assert 'src="data:image/png;base64,' in letter.html
    assert Client().get("/mailbox/").status_code == Client().get(f"/mailbox/{name}/html").status_code == 200
