"""`python -m bench.api`: the API under many generated cases, deep pages, and a 200,000-row file.

`python -m bench.api cases` or `pages` for one part.

Runs on a Postgres of its own; prints one line a measure and exits 1 when a line is missed.
"""

from __future__ import annotations

import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

ROWS = 500_000  # observations behind the deep page
EXPORTED = 200_000
DEPTH = 5_000
CASES = int(os.environ.get("OPENGAP_BENCH_CASES", "10000"))


def main() -> int:
    from tests.services import services

    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        os.environ.update(stack.enter_context(services(os.environ)))
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "tracker.settings",
            "SECRET_KEY": "for the bench",
            "OPENGAP_PLAIN_STATIC": "1",
            "OPENGAP_API_RATE": "0",
            "OPENGAP_DATA": folder,
            "LOG_LEVEL": "ERROR",
            "OPENGAP_BOOTSTRAP_DRAWS": "20",
        }
        import django
        from django.core.management import call_command

        django.setup()
        logging.disable(logging.WARNING)  # thousands of refusals are what is tried here
        call_command("migrate", verbosity=0)
        call_command("load_facts", verbosity=0)
        call_command("compute", verbosity=0)
        from models_catalog.measure.studies import compute_studies

        compute_studies()
        wanted = sys.argv[1:] or list(PARTS)
        return max(line for name in wanted for line in PARTS[name](Path(folder)))


def told(held: bool, words: str) -> int:
    sys.stdout.write(f"{'held  ' if held else 'MISSED'} {words}\n")
    sys.stdout.flush()
    return 0 if held else 1


def contract() -> int:
    """At least CASES of them, in rounds over every operation; a table of what was answered."""
    from tests.api.contract import try_all
    from tracker.wsgi import application

    begun = time.perf_counter()
    tried = try_all(application, examples=max(2, CASES // 80), derandomize=False, least=CASES)
    broken = sum(number for status, number in tried.answered.items() if status >= 500)
    for words, number in (
        ("operations, each within its description and outside it", tried.operations),
        ("generated cases", tried.cases),
        *((f"answered {status}", number) for status, number in sorted(tried.answered.items())),
        ("answered 5xx", broken),
        ("answers that are not as described", len(tried.mismatches)),
    ):
        sys.stdout.write(f"       {number:>7,}  {words}\n")
    for words in tried.mismatches[:10]:
        sys.stdout.write(f"       {words}\n")
    held = tried.cases >= CASES and not broken and not tried.mismatches
    return told(held, f"{tried.cases:,} generated cases in {time.perf_counter() - begun:.0f} s")


def fill() -> None:
    """Prices of invented hosts, straight into the tables."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM models_catalog_fetch WHERE source = 'models-dev' ORDER BY id LIMIT 1")
        [fetch] = cursor.fetchone()
        cursor.execute(
            """
            INSERT INTO models_catalog_subject (source, external_id, name)
            SELECT 'models-dev', 'bench/' || n, 'Bench ' || n FROM generate_series(1, %s) n
            """,
            [ROWS],
        )
        cursor.execute(
            """
            INSERT INTO models_catalog_observation (subject_id, kind, key, board, present, value, digest, valid_from,
                                                    observed_at, recorded_at, fetch_id)
            SELECT id, 'price', 'bench|input|standard||USD|', 'api', true,
                   '{"provider": "bench", "unit": "input", "tier": "standard", "amount": "1", "per": "1M tokens",
                     "currency": "USD"}', md5(external_id), '2026-01-01', '2026-01-01T00:00Z', '2026-01-01T00:00Z', %s
            FROM models_catalog_subject WHERE external_id LIKE 'bench/%%'
            """,
            [fetch],
        )
        cursor.execute(
            """
            INSERT INTO models_catalog_currentobservation (observation_id, subject_id, board, kind, key)
            SELECT id, subject_id, board, kind, key FROM models_catalog_observation WHERE key LIKE 'bench|%%'
            """
        )
        cursor.execute("ANALYZE")


def deep_page() -> list[int]:
    fill()
    from django.test import Client

    from models_catalog.api.paging import cursor_after
    from models_catalog.models import Observation

    client = Client(SERVER_NAME="127.0.0.1")
    first = Observation.objects.filter(key__startswith="bench").order_by("pk")
    deep = first[(DEPTH - 1) * 100 - 1].pk
    cursor = cursor_after((deep, deep), "/api/v1/prices", "id")
    return [
        depth(client, cursor, "now", ""),
        depth(client, cursor, "as known at an instant", "&known_at=2026-06-01"),
    ]


def depth(client: Client, cursor: str, words: str, more: str) -> int:
    """How much longer does the deep page take than the first?"""
    assert len(client.get(f"/api/v1/prices?limit=100&cursor={cursor}{more}").json()["data"]) == 100
    first = seconds(lambda: client.get(f"/api/v1/prices?limit=100{more}"))
    deep = seconds(lambda: client.get(f"/api/v1/prices?limit=100&cursor={cursor}{more}"))
    taken = f"{deep * 1000:.0f} ms, page 1 {first * 1000:.0f} ms"
    return told(deep <= 2 * first, f"page {DEPTH:,} of prices {words}: {taken}, {deep / first:.2f} times")


def seconds(ask: Callable[[], object]) -> float:
    """The median of nine, nothing remembered."""
    from django.core.cache import cache

    taken = []
    for _ in range(9):
        cache.clear()
        begun = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def streamed_file() -> int:
    """In a process of its own, whose peak memory is the file's."""
    child = "import django; django.setup(); from bench.api import written; raise SystemExit(not written())"
    ended = subprocess.run([sys.executable, "-c", child], check=False, env=os.environ)  # noqa: S603 - our own words
    return int(ended.returncode != 0)


def peak_memory() -> int:
    """Of this process, KB. (ru_maxrss would be its parent's where that was larger.)"""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0])


def written() -> bool:
    from itertools import islice

    from django.db import transaction

    from models_catalog.exports.datasets import DATASETS
    from models_catalog.exports.writing import write_rows
    from models_catalog.findings.moment import Moment, settled_until

    [prices] = [dataset for dataset in DATASETS if dataset.name == "prices"]
    before, begun = peak_memory(), time.perf_counter()
    path = Path(os.environ["OPENGAP_DATA"]) / "prices.csv"
    with transaction.atomic(), path.open("w", newline="") as table, Path(os.devnull).open("w") as nowhere:
        rows = islice(prices.rows(Moment(known_at=settled_until())), EXPORTED)
        count = write_rows(table, nowhere, prices, rows).total()
    peak = peak_memory()
    grown = f"peak {peak / 1024:.0f} MB (+{(peak - before) / 1024:.0f})"
    taken = f"{path.stat().st_size:,} bytes, {grown}, {time.perf_counter() - begun:.0f} s"
    return not told(count == EXPORTED and peak / 1024 < 150, f"{count:,} rows of CSV: {taken}")


PARTS: dict[str, Callable[[Path], list[int]]] = {
    "cases": lambda _folder: [contract()],
    "pages": lambda _folder: [*deep_page(), streamed_file()],  # the file holds the rows of the pages
}

if __name__ == "__main__":
    sys.exit(main())
