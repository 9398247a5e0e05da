"""A process that sends mail and can be killed: `python -m tests.digests.mortal` with the settings' environment.

It sets Django up once, then forks a sender for every line on its standard input, says its number, and how it ended
(negative: by which signal). So killing one costs no start of Python.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


def main() -> None:
    import django

    django.setup()
    from models_catalog.digests.sending import open_sender

    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            open_sender().work(60)
            os._exit(0)
        say(child)
        say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


@dataclass
class Mortal:
    parent: subprocess.Popen[str]

    def begin(self) -> int:
        """Start a sender; its process number."""
        assert self.parent.stdin
        self.parent.stdin.write("send\n")
        self.parent.stdin.flush()
        return self.read()

    def read(self) -> int:
        """The next thing it says: a number of a process, or how one ended."""
        assert self.parent.stdout
        return int(self.parent.stdout.readline())


@contextmanager
def mortal(environment: dict[str, str]) -> Iterator[Mortal]:
    command = [sys.executable, "-m", "tests.digests.mortal"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | environment
    ) as parent:
        yield Mortal(parent)
        assert parent.stdin
        parent.stdin.close()


if __name__ == "__main__":
    main()
