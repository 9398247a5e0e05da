"""A registered source as this installation sees it: its host a real server, its rows, its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import time_machine
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from models_catalog.fetch.address import Outside
from models_catalog.fetch.limits import Caps, DoorSettings, Limits
from models_catalog.ingest import live, schedule
from models_catalog.models import DownloadSample, Incident, Observation, Run, SourceState, Subject
from models_catalog.sources import by_slug
from models_catalog.sources.contract import Source
from tests.faults.offers import listed, offers
from tests.fetch.fault_server import FaultServer, Reply, response
from tests.web.reading import page, text_of

PUBLIC = "93.184.215.14"  # never dialled: it leads to the local server
AGE = timedelta(hours=26)
CAP = Caps(wire=512 * 1024, decoded=1024 * 1024, ratio_floor=64 * 1024)
# The real limits, with small caps and no pacing. A fault that waits for a time-out sets that one to a blink.
QUICK = Limits(
    backoff=0.001,
    pace=0.0,
    caps=dict.fromkeys(("json", "yaml", "csv"), CAP),
)
Snapshot = dict[tuple[str, Any], dict[str, Any]]


@dataclass
class World:
    """Pauses are noted, not slept; names lead where the test says."""

    source: Source
    server: FaultServer
    through: DoorSettings
    client: Client
    addresses: list[str] = field(default_factory=lambda: [PUBLIC])
    dialled: list[str] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)

    @property
    def path(self) -> str:
        return "/" + self.source.boards[0].url.split("/", 3)[3]

    @property
    def outside(self) -> Outside:
        return Outside(self.resolve, self.dial, self.pauses.append)

    def resolve(self, host: str, port: int) -> list[str]:
        assert host in self.source.hosts
        return self.addresses

    def dial(self, address: str, port: int) -> tuple[str, int]:
        self.dialled.append(address)
        return "127.0.0.1", self.server.port

    def serve(self, *replies: Reply) -> None:
        self.server.on(self.path, *replies)
        self.server.answered.clear()

    def limit(self, **changes: float) -> None:
        limits = replace(self.through.limits, **changes)  # type: ignore[arg-type]  # names checked at run time
        self.through = replace(self.through, limits=limits)

    def collect(self) -> Run:
        """One run as the worker makes it: claimed, taken up, collected under the lease, given back."""
        SourceState.objects.filter(slug=self.source.slug).update(next_attempt_at=None)
        lease = dict(schedule.claim_due())[self.source.slug]
        SourceState.objects.exclude(slug=self.source.slug).update(lease_until=None)
        assert schedule.take_up(self.source.slug, lease)
        return live.collect(self.source, lease, through=self.through, outside=self.outside)

    def deliver(self, body: bytes, **headers: str) -> Run:
        """A good answer, collected."""
        self.serve(response(body, headers=headers))
        return self.collect()

    def asked(self) -> int:
        return len(self.server.asked(self.path))

    @property
    def state(self) -> SourceState:
        return SourceState.objects.get(slug=self.source.slug)

    def incident(self) -> Incident:
        """The one open incident there is."""
        return Incident.objects.get(closed_at=None)

    def text(self, address: str) -> str:
        """A page's words on one line; it must answer 200."""
        return text_of(page(self.client, address))


def world_of(slug: str, server: FaultServer, certificates: Path, client: Client) -> World:
    settings = DoorSettings("test@example.org", limits=QUICK, ca_bundle=certificates / "ca.pem")
    return World(by_slug(slug), server, settings, client)


def only_first_board(world: World, mirror: str) -> None:
    """Of a source with several boards the first one, from a local mirror."""
    board = world.source.boards[0]
    world.source = replace(world.source, pages=lambda get: iter((get(board.slug, board.url),)))
    world.through = replace(world.through, mirrors={world.source.slug: mirror})


def accepted_before(world: World) -> None:
    """OpenRouter's list, accepted 26 hours ago."""
    with time_machine.travel(timezone.now() - AGE):
        assert world.deliver(listed(offers()), ETag='"good"').outcome == "accepted"


def snapshot() -> Snapshot:
    """Everything that was accepted so far, to the last value."""
    tables: dict[str, type[Model]] = {
        "observation": Observation,
        "sample": DownloadSample,
        "subject": Subject,
    }
    return {(name, row.pk): values_of(row) for name, table in tables.items() for row in rows_of(table)}


def rows_of(table: type[Model]) -> Iterator[Model]:
    return iter(table._default_manager.all())


def values_of(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def extended(before: Snapshot) -> bool:
    """Is everything that was accepted before still there, unchanged?"""
    after = snapshot()
    return all(after.get(key) == row for key, row in before.items())
