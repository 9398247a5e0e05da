#!/usr/bin/env python
"""Django's command line, on this checkout's own Postgres when no DATABASE_URL is set."""

import os
import sys

from models_catalog import embedded


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - settings first
    from django.db.utils import ProgrammingError  # noqa: PLC0415
    from psycopg.errors import UndefinedTable  # noqa: PLC0415

    with embedded.attached(sys.argv):
        try:
            execute_from_command_line(sys.argv)
        except ProgrammingError as error:
            if not isinstance(error.__cause__, UndefinedTable):
                raise
            sys.exit(
                "The database has no tables of this version yet: run `make demo` or `manage.py migrate` first."
            )


if __name__ == "__main__":
    main()
