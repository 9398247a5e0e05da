#!/usr/bin/env python
"""Django's command line, on this checkout's own Postgres when no DATABASE_URL is set."""

import os
import sys

from models_catalog import embedded


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - settings first

    with embedded.attached(sys.argv):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
