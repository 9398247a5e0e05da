"""A sweep of three thousand pages of a Hub of our own, killed over and over: lost, doubled, how large does it grow?

    .venv/bin/python -m bench.hub [--pages 3000] [--rows 50] [--kills 20]

A Postgres of its own; one process sweeps, is killed with SIGKILL at moments of chance, and begun again. With
`--pages 20 --rows 1000 --kills 0` it is the daily take of the twenty thousand most downloaded. Exit 1 when a
repository was lost or doubled, or the process grew beyond 400 MB.
"""

from __future__ import annotations

import argparse
import sys

from rich.console import Console
from rich.table import Table

from tests.faults.hub_sweep import KILLS, LIMIT_MB, PAGES, ROWS, Swept, sweep

COLUMNS = ("pages", "rows", "tries", "lost", "doubled", "pages again", "recovered in", "seconds", "peak MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--rows", type=int, default=ROWS, help="repositories on a page")
    parser.add_argument("--kills", type=int, default=KILLS)
    wishes = parser.parse_args()
    ended = sweep(wishes.pages, wishes.rows, wishes.kills)
    table = Table(*COLUMNS)
    table.add_row(f"{wishes.pages}", f"{wishes.rows}", *figures(ended))
    Console(width=None if sys.stdout.isatty() else 120).print(table)
    sys.exit(int(not held(ended)))


def figures(ended: Swept) -> list[str]:
    counts = (ended.kills, ended.lost, ended.doubled, ended.repeated)
    recovered = f"{ended.slowest_recovery:.1f} s"
    return [*map(str, counts), recovered, f"{ended.seconds:.0f}", str(ended.peak_megabytes)]


def held(ended: Swept) -> bool:
    return not (ended.lost or ended.doubled) and ended.peak_megabytes < LIMIT_MB


if __name__ == "__main__":
    main()
