"""The long faults with their real time-outs and real processes: what is lost, doubled, and how soon is it well?

    .venv/bin/python -m bench.battery [--only NUMBER …] [--kills 50]

A whole installation of its own (Postgres, Valkey, a worker of two processes, two beats that tick every second)
collects one source from a local server that misbehaves, or is hurt itself. Exit 1 when anything was lost or
doubled or never came. Recovery is counted from the moment the fault is over; a source is then made due at once,
because its own next try may be minutes away.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.trials import Case, Result, Stage, row_of, tried, wanted
from tests.faults.fake_hub import REFUSED
from tests.faults.hub_sweep import LIMIT_MB, Swept, broken, sweep
from tests.faults.offers import Offer, listed, offers
from tests.fetch.fault_server import Connection, Reply, Request, dripping, response
from tests.fetch.test_memory import bomb
from tests.schedule.installation import PATH, SLUG, Installation, wait_until

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n"
BROKER_AWAY = 60.0
COPIES, MANY = 5, 2_000
KILLED_MODELS, CHANGED = 600, 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", nargs="*", default=[], metavar="NUMBER", help="of the faults; default: all")
    parser.add_argument("--kills", type=int, default=50, help="how often a process is killed mid-ingest")
    wishes = parser.parse_args()
    table = Table("case", "tries", "lost", "doubled", "recovered in", "what was said")
    broken = 0
    for name, result in every_result(wishes):
        row = row_of(name, result)
        sys.stderr.write(" | ".join(row) + "\n")  # so far, should somebody end this
        table.add_row(*row)
        broken += not result.held
    Console(width=None if sys.stdout.isatty() else 120).print(table)
    sys.exit(int(broken > 0))


def every_result(wishes: argparse.Namespace) -> Iterator[tuple[str, Result]]:
    for lease, cases in cases_by_lease(wishes.kills).items():
        with Stage(lease) as stage:
            for name, case in wanted(cases, wishes.only).items():
                yield name, stage.play(case)
    for name, sweeping in wanted(SWEEPS, wishes.only).items():
        yield name, tried(sweeping)


def swept(sweeping: Callable[[], Swept]) -> Result:
    """A sweep of the Hub's list, in a database of its own: `bench.hub` alone prints more of it."""
    ended = sweeping()
    large = "" if ended.peak_megabytes < LIMIT_MB else ", too large"
    said = f"{ended.repeated} pages came again; peak {ended.peak_megabytes} MB{large}; {ended.seconds:.0f} s in all"
    recovered = None if large else ended.slowest_recovery
    return Result(ended.kills, ended.lost, ended.doubled, recovered, said)


def collect(made: Installation, after: str = "-infinity") -> float:
    """Seconds until the source, due now, was collected by a run that began after that moment."""
    made.make_due()
    return wait_until(lambda: made.collected(after), "the source was collected")


def misbehaving(reply: Reply) -> Case:
    """A good collection, then the fault with its real time-outs, then the good answer again."""

    def case(made: Installation) -> Result:
        collect(made)
        made.mirror.on(PATH, reply)
        made.mirror.requests.clear()
        made.make_due()
        wait_until(lambda: made.trouble() != "", "trouble was noted", patience=400)
        tries, said = len(made.mirror.asked(PATH)), made.trouble()
        moment = made.now()
        made.serve()
        recovered = collect(made, moment)
        assert made.trouble() == "", "the incident stayed open"
        return Result(tries, *made.lost_and_doubled(), recovered, said)

    return case


def deaf(connection: Connection, _request: Request) -> bool:
    connection.stopping.wait(600)
    return False


def killed_in_the_middle(kills: int, made: Installation) -> Result:
    """Each round serves some new prices; the process that stores them is killed at a moment of its own."""
    chance = random.Random(29)  # noqa: S311 - when to kill, not a secret
    made.mirror.on(PATH, response(listed(offers(KILLED_MODELS))))
    collect(made)
    slowest, begun = 0.0, 0
    for number in range(1, kills + 1):
        made.mirror.on(PATH, response(version(number)))
        moment, asked = made.now(), len(made.mirror.asked(PATH))
        made.make_due()
        wait_until(partial(asked_more, made, asked), "the source was asked", 0.002)
        time.sleep(chance.uniform(0, 0.3))
        begun += not made.collected(moment)
        kill_one(made, whole=number % 10 == 0)
        slowest = max(slowest, wait_until(partial(made.collected, moment), "the rest came"))
    lost, doubled = made.lost_and_doubled(KILLED_MODELS, CHANGED * kills)
    return Result(kills, lost, doubled, slowest, f"{begun} kills met the work unfinished; slowest recovery")


def asked_more(made: Installation, times: int) -> bool:
    return len(made.mirror.asked(PATH)) > times


def version(number: int) -> bytes:
    """The list with some input prices that none had before, far below their output prices."""

    def reprice(item: Offer) -> None:
        place = int(item["id"][4:].partition("/")[0])
        if place < CHANGED:
            item["pricing"]["prompt"] = f"{(place + 1) / 1e7 + number / 1e12:.12f}"

    return listed(offers(KILLED_MODELS, reprice))


def kill_one(made: Installation, *, whole: bool) -> None:
    """The processes of the worker's pool, or the worker with them."""
    if whole:
        made.kill("worker")
        made.start_worker()
        return
    for process in children_of(made.running["worker"].process.pid):
        os.kill(process, signal.SIGKILL)


def children_of(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(word) for task in tasks for word in task.read_text(encoding="ascii").split()]


def broker_away(made: Installation) -> Result:
    made.stop_valkey()
    made.make_due()
    time.sleep(BROKER_AWAY)
    made.start_valkey()
    recovered = wait_until(made.collected, "the source was collected")
    return Result(1, *made.lost_and_doubled(), recovered, f"the broker was away for {BROKER_AWAY:.0f} s")


def broker_emptied(made: Installation) -> Result:
    slowest = 0.0
    for _ in range(20):
        moment = made.now()
        made.lease(2)  # claimed; its message is among those that are lost
        made.redis.flushall()
        slowest = max(slowest, wait_until(partial(made.collected, moment), "it was collected"))
    return Result(20, *made.lost_and_doubled(), slowest, "slowest recovery; a lease of 2 s had to run out")


def postgres_restarts(made: Installation) -> Result:
    slowest = 0.0
    for number in range(1, COPIES + 1):
        made.serve(MANY * number)
        moment = made.now()
        made.make_due()
        made.wait_for_copy()
        made.crash_postgres()
        made.start_postgres()
        slowest = max(slowest, wait_until(partial(made.collected, moment), "it was collected"))
    return Result(
        COPIES, *made.lost_and_doubled(MANY * COPIES), slowest, "slowest recovery; crashed, not shut down"
    )


def delivered_twice(made: Installation) -> Result:
    token = str(made.lease(60))
    for _ in range(10):
        made.ring("collect_source", SLUG, token)
    recovered = wait_until(made.collected, "the source was collected")
    runs = int(made.value("SELECT count(*) FROM models_catalog_run"))
    return Result(10, *made.lost_and_doubled(), recovered, f"{runs} run of 10 deliveries")


def two_beats(made: Installation) -> Result:
    recovered = collect(made)
    time.sleep(10)
    runs = int(made.value("SELECT count(*) FROM models_catalog_run"))
    return Result(2, *made.lost_and_doubled(), recovered, f"{runs} run in 10 s of two ticks a second")


# Leases, in seconds: the default; shorter ones, so that a killed run need not be waited for, and longer than a run.
LONG, MIDDLE, SHORT = 900, 12, 3


def cases_by_lease(kills: int) -> dict[int, dict[str, Case]]:
    return {
        LONG: {
            "4 silent socket, 30 s a read": misbehaving(deaf),
            "5 drip, to the 120 s wall clock": misbehaving(dripping(HEAD, b" " * 9000, every=1.0)),
            "9 500 three times, real pauses": misbehaving(response(b"", 500)),
            "12 wrong length": misbehaving(response(listed(offers()), length=10**6)),
            "13 gzip bomb of 2 GB": misbehaving(response(bomb(), headers={"Content-Encoding": "gzip"})),
            "34 task delivered ten times": delivered_twice,
            "35 two beats": two_beats,
        },
        SHORT: {
            "29 SIGKILL mid-ingest": partial(killed_in_the_middle, kills),
            "32 broker emptied (FLUSHALL)": broker_emptied,
            "33 broker down": broker_away,
        },
        MIDDLE: {"36 Postgres crashes mid-COPY": postgres_restarts},
    }


DYING = 700  # of a thousand pages
SWEEPS: dict[str, Callable[[], Result]] = {
    "25 paging dies at page 700 of 1,000": lambda: swept(
        lambda: broken(1000, DYING, [response(b"", 500)] * 3)
    ),
    "26 cursor refused at page 700 of 1,000": lambda: swept(lambda: broken(1000, DYING, [REFUSED])),
    "29 SIGKILL in a sweep of 3,000 pages": lambda: swept(sweep),
}


if __name__ == "__main__":
    main()
