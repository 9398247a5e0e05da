"""Is the process alive, and can it answer?"""

from __future__ import annotations

import socket
from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from models_catalog.models import Heartbeat
from models_catalog.web import health


def test_a_process_that_answers_is_alive_without_its_database(client: Client) -> None:
    """No `db` here: asking the database would fail this test."""
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_a_migrated_database_is_ready_without_any_worker(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        200,
        {"status": "ok", "worker_heartbeat_seconds": None},
    )


@pytest.mark.django_db
def test_the_age_of_the_workers_heartbeat_is_reported(client: Client) -> None:
    Heartbeat.objects.create(worker="one", beat_at=timezone.now() - timedelta(hours=1))
    found = client.get("/readyz").json()
    assert found["status"] == "ok"
    assert 3600 <= found["worker_heartbeat_seconds"] < 4200


@pytest.mark.django_db
def test_a_migration_that_waits_is_not_ready(client: Client) -> None:
    recorder = MigrationRecorder(connection)
    newest = max(name for app, name in recorder.applied_migrations() if app == "models_catalog")
    recorder.record_unapplied("models_catalog", newest)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "reason": "migrations wait"}


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_not_ready_and_gives_nothing_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = connection.copy()
    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        away.settings_dict = away.settings_dict | {"HOST": "127.0.0.1", "PORT": str(taken.getsockname()[1])}
        monkeypatch.setattr(health, "connection", away)
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "reason": "database: OperationalError"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_only_read_and_never_kept(path: str, client: Client) -> None:
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405
    assert "no-store" in client.get(path)["Cache-Control"]
