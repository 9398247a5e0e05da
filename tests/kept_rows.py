"""Rows that took long to make, kept in Postgres' own words, and given back into any database or transaction."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.db import connection
from psycopg.sql import SQL, Identifier


@dataclass(frozen=True, slots=True)
class KeptRows:
    """The rows of every table of ours that holds any, under the ids they were given."""

    tables: dict[str, bytes]

    def give_back(self) -> None:
        """Into tables that are empty. New rows go on after these ids."""
        for table, rows in self.tables.items():
            taken = SQL("COPY {} FROM STDIN").format(Identifier(table))
            with connection.cursor() as cursor, cursor.copy(taken) as copy:
                copy.write(rows)
            count_on(table)


def kept_rows() -> KeptRows:
    found = {table: b"".join(rows_of(table)) for table in our_tables()}
    return KeptRows({table: rows for table, rows in found.items() if rows})


def rows_of(table: str) -> list[bytes]:
    asked = SQL("COPY (SELECT * FROM {}) TO STDOUT").format(
        Identifier(table)
    )  # a query: it may be in partitions
    with connection.cursor() as cursor, cursor.copy(asked) as copy:
        return [bytes(part) for part in copy]


def our_tables() -> list[str]:
    return [model._meta.db_table for model in apps.get_app_config("models_catalog").get_models()]


def count_on(table: str) -> None:
    """Its counter, where it has one, goes on after the largest id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_identity = 'YES'",
            [table],
        )
        for (column,) in cursor.fetchall():
            newest = SQL(
                "SELECT setval(pg_get_serial_sequence({name}, {text}),"
                " GREATEST(nextval(pg_get_serial_sequence({name}, {text})), max({column}))) FROM {table}"
            )
            named = {"name": table, "text": column, "column": Identifier(column), "table": Identifier(table)}
            cursor.execute(newest.format(**named))
