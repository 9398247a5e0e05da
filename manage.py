#!/usr/bin/env python
"""Django's command line, on this checkout's own Postgres when no DATABASE_URL is set."""

import os
import sys

from models_catalog import embedded


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    with embedded.attached(sys.argv):
        try:
            run()
            sys.stdout.flush()
        except BrokenPipeError:  # whoever read the output has had enough of it: `manage.py … | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)


def run() -> None:
    """The command of this command line; what its user can mend ends with one sentence."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db.utils import ProgrammingError
    from psycopg.errors import UndefinedTable

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"A setting is wrong: {error}")
    except ProgrammingError as error:
        if not isinstance(error.__cause__, UndefinedTable):
            raise
        sys.exit(
            "The database has no tables of this version yet: run `make demo` or `manage.py migrate` first."
        )


if __name__ == "__main__":
    main()
