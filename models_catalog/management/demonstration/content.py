"""What the demo shows: facts in, gap computed. Imported late: it brings in numbers and parsers, which takes seconds."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import CommandError

from models_catalog.embedded import EmbeddedError
from models_catalog.findings.gap import standing_gap
from models_catalog.findings.summary import summary
from models_catalog.ingest.shipped import waiting
from models_catalog.management.demonstration.board import Board
from models_catalog.management.demonstration.wishes import Wishes


def fill(wishes: Wishes, board: Board) -> None:
    """Facts in, gap computed. When a demo that will serve finds both there, its worker looks for changes later."""
    news = bring_in_facts(wishes, board)
    if wishes.serve and not news and standing_gap():
        board.say("✓ The gap is there (the worker recomputes it)")
        return
    with board.long_step("The gap"):
        call_command("compute", headlines=True)
    board.say(f"  Domains, weeks, trend and prices follow: {the_rest(wishes)}")


def the_rest(wishes: Wishes) -> str:
    return "the worker is at it for some minutes" if wishes.serve else "`manage.py compute`"


def bring_in_facts(wishes: Wishes, board: Board) -> bool:
    """Whether anything may be new."""
    if wishes.folder:
        with board.long_step(f"Recorded payloads of {wishes.folder}"):
            replay(wishes.folder)
        return True
    if not waiting():
        board.say("✓ The shipped facts are there")
        return False
    with board.long_step("Shipped facts"):
        call_command("load_facts")
    return True


def replay(folder: Path) -> None:
    """Collect from the folder. What was not taken has been said by `collect`, and its exit code is no end here."""
    try:
        call_command("collect", "--from", str(folder))
    except CommandError as error:
        raise EmbeddedError(str(error)) from error
    except SystemExit:
        return


def show(board: Board) -> None:
    board.show(summary())
