"""Faults 1 to 23 of the battery, each end to end: collected from a real server that misbehaves.

After every one: what was accepted is unchanged, one open incident names source, cause and next try, and the
pages answer with the age of the last good data.
"""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from django.utils import timezone

from models_catalog.models import Fetch, Run
from models_catalog.sources.contract import Page, PriceSeen
from models_catalog.vocabulary import Outcome
from tests.faults.offers import Offer, listed, offers, rename_column, swap_columns, times
from tests.faults.world import PUBLIC, World, extended, snapshot
from tests.fetch.fault_server import Connection, Request, dripping, raw, redirect, response, silence

GOOD = listed(offers())
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHALLENGE = b"<!doctype html><title>Just a moment...</title><script>window._cf_chl_opt={}</script>"


@dataclass(frozen=True)
class Fault:
    """What goes wrong, and what must be said about it."""

    arrange: Callable[[World], object]
    cause: str
    outcome: Outcome
    sentence: str
    tries: int | None = 1  # how often the host was asked; None: it cannot tell
    not_before: timedelta = timedelta(minutes=4)  # the next try, at the earliest


def serving(body: bytes, status: int = 200, **headers: str) -> Callable[[World], None]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda world: world.serve(response(body, status, named))


def changed(change: Callable[[Offer], object], count: int = 40) -> Callable[[World], None]:
    return serving(listed(offers(count, change)))


def no_such_name(world: World) -> None:
    def fail(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    world.resolve = fail  # type: ignore[method-assign]  # this world's names only


def nobody_listens(world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        free = closed.getsockname()[1]

    def closed_port(address: str, port: int) -> tuple[str, int]:
        return "127.0.0.1", free

    world.dial = closed_port  # type: ignore[method-assign]  # this world only


def expired_certificate(world: World) -> None:
    assert world.server.certificate
    world.server.certificate = world.server.certificate.parent / "expired.pem"


def silent(world: World) -> None:
    world.limit(read=0.05)
    world.serve(silence)


def dripped(world: World) -> None:
    world.limit(wall_clock=0.3)
    world.serve(dripping(HEAD + b"Content-Length: 5000\r\n\r\n", GOOD))


def rate_limited_until_a_date(world: World) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    world.serve(response(b"", 429, {"Retry-After": moment}))


def rebound(world: World) -> None:
    """The first look-up gives a public address; the name means the machine itself when it is asked again."""

    def first_answer(connection: Connection, request: Request) -> bool:
        world.addresses = ["127.0.0.1"]
        return redirect("/elsewhere", headers={"Connection": "close"})(connection, request) and False

    world.serve(first_answer)
    world.server.on("/elsewhere", response(GOOD))


def in_yuan(world: World) -> None:
    """The same numbers in another currency, as read by a parser of a source that states one."""
    read = world.source.parse

    def parse(page: Page) -> object:
        for record in read(page):
            yield replace(record, currency="CNY") if isinstance(record, PriceSeen) else record

    world.source = replace(world.source, parse=parse)  # type: ignore[arg-type]  # yields what `read` does
    world.serve(response(listed(offers(39))))


FAILED, REJECTED, QUARANTINED = Outcome.FAILED, Outcome.REJECTED, Outcome.QUARANTINED
FAULTS = {
    "1 DNS fails": Fault(no_such_name, "HostUnresolved", FAILED, "openrouter.ai cannot be resolved: no network?", 0),
    "2 refused": Fault(nobody_listens, "Refused", FAILED, "openrouter.ai refused the connection", 0),
    "3 TLS expired": Fault(
        expired_certificate, "CertificateRefused", FAILED, "certificate has expired", 0
    ),
    "4 silent socket": Fault(silent, "Silence", FAILED, "sent nothing for 0.05 s (read) (tried 3 times)", 3),
    "5 drip": Fault(dripped, "TooSlow", FAILED, "openrouter.ai was still sending after 0.3 s"),
    "6 429 with seconds": Fault(
        serving(b"", 429, Retry_After="7200"), "AskedToWait", FAILED, "answered 429 and asks to wait until", 1,
        timedelta(minutes=119),
    ),
    "7 429 with an HTTP date": Fault(
        rate_limited_until_a_date, "AskedToWait", FAILED, "answered 429 and asks to wait until", 1,
        timedelta(minutes=58),
    ),
    "8 429 bare": Fault(serving(b"", 429), "AskedToWait", FAILED, "answered 429 and asks to wait until"),
    "9 500 three times": Fault(serving(b"oops", 500), "ServerFailure", FAILED, "answered 500 (tried 3 times)", 3),
    "11 body cut short": Fault(
        lambda world: world.serve(raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n100\r\n" + GOOD[:50])),
        "CutShort", FAILED, "openrouter.ai broke off in the middle of the body", 3,
    ),
    "11 text cut short": Fault(serving(GOOD[: len(GOOD) // 2]), "Truncated", REJECTED, "stops in the middle"),
    "11 gzip cut short": Fault(
        serving(gzip.compress(GOOD)[:-20], Content_Encoding="gzip"), "CutShort", FAILED,
        "ends in the middle of its compressed body (tried 3 times)", 3,
    ),
    "12 wrong length": Fault(
        lambda world: world.serve(response(GOOD, length=len(GOOD) + 10)), "CutShort", FAILED,
        "openrouter.ai broke off in the middle of the body", 3,
    ),
    "13 gzip bomb": Fault(
        serving(gzip.compress(b"[" + b" " * 2_000_000 + b"]"), Content_Encoding="gzip"), "GzipBomb", REJECTED,
        "over 200 times; not read further",
    ),
    "14 redirect to a link-local address": Fault(
        lambda world: world.serve(redirect("https://169.254.169.254/latest/meta-data/")), "ForbiddenRedirect",
        REJECTED, "169.254.169.254 is not a host of openrouter: not fetched",
    ),
    "14 a name that is link-local": Fault(
        lambda world: setattr(world, "addresses", ["169.254.169.254"]), "ForbiddenAddress", REJECTED,
        "openrouter.ai resolves to 169.254.169.254: link-local", 0,
    ),
    "15 redirect loop": Fault(
        lambda world: world.serve(redirect(world.path)), "ForbiddenRedirect", REJECTED, "redirects in a circle"
    ),
    "16 DNS rebinding": Fault(
        rebound, "ForbiddenAddress", REJECTED, "openrouter.ai resolves to 127.0.0.1: not a public address"
    ),
    "16 one address of two is ours": Fault(
        lambda world: setattr(world, "addresses", [PUBLIC, "10.0.0.1"]), "ForbiddenAddress", REJECTED,
        "openrouter.ai resolves to 10.0.0.1: not a public address; not connected", 0,
    ),
    "17 challenge with 200": Fault(
        serving(CHALLENGE, Content_Type="text/html"), "Challenge", REJECTED,
        "is a page made for browsers (a challenge), not data", 1, timedelta(hours=23),
    ),
    "18 empty list": Fault(serving(listed([])), "EmptyPayload", REJECTED, "OpenRouter's list of models is empty"),
    "18 no content": Fault(serving(b"", 204), "EmptyPayload", REJECTED, "answered 204: no content"),
    "19 half the rows": Fault(
        serving(listed(offers(20))), "implausible", QUARANTINED, "shrunken: 20 names, 40 were accepted last"
    ),
    "20 renamed column": Fault(
        changed(rename_column), "MissingColumn", REJECTED, "no model has 'pricing.prompt'"
    ),
    "21 input and output swapped": Fault(
        changed(swap_columns), "implausible", QUARANTINED, "output costs less than input in 100% of 40 offers"
    ),
    "22 prices times 1,000": Fault(
        changed(times(1_000)), "implausible", REJECTED, "prices are 1,000 times higher: another unit"
    ),
    "22 prices times 1,000,000": Fault(
        changed(times(1_000_000)), "implausible", REJECTED, "prices are 1,000,000 times higher: another unit"
    ),
    "23 another currency": Fault(
        in_yuan, "implausible", REJECTED, "78 of 78 prices are in another currency: USD became CNY"
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_leaves_what_was_accepted_and_says_what_is_wrong(world: World, fault: Fault) -> None:
    before, asked = snapshot(), world.asked()
    world.server.requests.clear()
    fault.arrange(world)
    run = world.collect()
    assert (run.outcome, fault.sentence in run.reason, "\n" in run.reason) == (fault.outcome, True, False), (
        run.reason
    )
    assert asked == 1
    assert world.asked() == fault.tries
    assert extended(before)
    assert snapshot().keys() == before.keys()
    check_incident(world, fault, run)
    check_pages(world, run)


def check_incident(world: World, fault: Fault, run: Run) -> None:
    """One open row names source, cause and next try; the lease is given back until then."""
    incident = world.incident()
    assert (incident.source, incident.cause, incident.times) == ("openrouter", fault.cause, 1)
    assert incident.detail == run.reason == Fetch.objects.latest("id").reason
    assert incident.next_try_at == world.state.next_attempt_at
    assert incident.next_try_at is not None
    assert incident.next_try_at > timezone.now() + fault.not_before
    assert (world.state.lease_token, world.state.failures) == (None, 1)


def check_pages(world: World, run: Run) -> None:
    """The pages answer, with the age of the last good data and not of the vain attempt."""
    home, status = world.text("/"), world.text("/status/")
    assert "as of 1 Mar 2026" in home
    assert "Newest data: 1 day ago" in home
    assert "What is wrong now OpenRouter" in status
    assert run.reason[:150] in status
    assert "1 day ago" in status


def test_the_next_good_answer_ends_the_incident_and_stores_nothing_twice(world: World) -> None:
    before = snapshot()
    world.serve(response(b"", 500))
    world.collect()
    run = world.deliver(listed(offers()))
    assert (run.outcome, run.inserted) == (Outcome.UNCHANGED, 0)
    assert snapshot() == before
    assert "What is wrong now" not in world.text("/status/")
    assert world.state.failures == 0


def test_the_loopback_address_behind_a_rebound_name_is_never_dialled(world: World) -> None:
    rebound(world)
    world.collect()
    assert set(world.dialled) == {PUBLIC}


def test_a_host_that_asks_for_a_short_pause_is_asked_again_in_the_same_run(world: World) -> None:
    world.serve(response(b"", 429, {"Retry-After": "7"}), response(GOOD))
    assert world.collect().outcome == Outcome.UNCHANGED
    assert [round(pause) for pause in world.pauses] == [7]


def test_the_third_challenge_disables_the_source_and_says_so(world: World) -> None:
    from models_catalog.ingest import schedule
    from models_catalog.models import SourceState

    serving(CHALLENGE)(world)
    for _ in range(3):
        SourceState.objects.update(held_until=None)
        world.collect()
    assert not world.state.enabled
    assert world.incident().next_try_at is None
    assert "next try none before somebody enables the source" in world.text("/status/")
    schedule.enable("openrouter")
    assert world.deliver(GOOD).outcome == Outcome.UNCHANGED


def test_swapped_columns_are_told_from_a_change_of_prices(world: World) -> None:
    """The bounds of the gate do not stand in the way of an honest change."""
    models = offers()
    for item in models[:6]:
        item["pricing"]["prompt"] = "0.0000001"
    assert world.deliver(json.dumps({"data": models}).encode()).outcome == Outcome.ACCEPTED
