"""What stands in the database before each test, kept as SQL that brings it back at once."""

import pickle
from collections.abc import Callable
from functools import cache

import time_machine
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from ipd.kernel.days import today

# Rows come and go as they are: append-only tables are emptied, and no trigger adds to them.
PAST_THE_TRIGGERS = "SET LOCAL session_replication_role = replica"
BY_THE_RULES = "SET LOCAL session_replication_role = origin"


class Ground:
    """The database as it is now, and what tests build on it, each built once."""

    def __init__(self):
        self._rows = statements(read())
        self._built: dict[tuple, tuple[str, bytes]] = {}

    def restore(self) -> None:
        """After a test with real transactions all is as it was."""
        empty = [f'DELETE FROM "{name}"' for name in tables()]
        with transaction.atomic():
            execute(PAST_THE_TRIGGERS, *empty, self._rows)

    def once(self, build: Callable):
        """What `build` makes of the ground; a second time its rows and objects are brought back.

        It is built anew where the test has written something before, at another day, and by the
        clock that a test has put.
        """
        if not untouched():
            return build()
        is_put = time_machine.escape_hatch.is_travelling()
        key = build, timezone.now() if is_put else today()
        if key not in self._built:
            first = ask("SELECT pg_current_xact_id()::text::bigint")
            objects = pickle.dumps(build())
            self._built[key] = statements(read(since=first)), objects
        else:
            execute(PAST_THE_TRIGGERS, self._built[key][0], BY_THE_RULES)
        return pickle.loads(self._built[key][1])


@cache
def tables() -> dict[str, tuple[str, list[str]]]:
    """All tables with their key and the columns that are written."""
    return {
        model._meta.db_table: (
            model._meta.pk.column,
            [field.column for field in model._meta.local_concrete_fields if not field.generated],
        )
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
    }


def read(*, since: int = 0) -> dict[str, str]:
    """The rows as SQL writes them, by table; `since`: those of this transaction alone."""
    each = (
        f"SELECT '{name}', string_agg('(' || quote_literal(t::text) || '::\"{name}\")', ',')"
        f' FROM "{name}" t WHERE xmin::text::bigint >= {since}'
        for name in tables()
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return {name: rows for name, rows in cursor.fetchall() if rows}


def statements(rows: dict[str, str]) -> str:
    """Writes the rows, over those that have their keys."""
    return ";".join(_statement(name, values) for name, values in rows.items())


def _statement(name: str, values: str) -> str:
    key, columns = tables()[name]
    named = ", ".join(f'"{column}"' for column in columns)
    given = ", ".join(f'(r)."{column}"' for column in columns)
    kept = ", ".join(f'EXCLUDED."{column}"' for column in columns)
    return (
        f'INSERT INTO "{name}" ({named}) SELECT {given} FROM (VALUES {values}) AS v(r)'
        f' ON CONFLICT ("{key}") DO UPDATE SET ({named}) = ROW({kept})'
    )


def untouched() -> bool:
    """Whether the transaction that is rolled back after the test has written nothing yet."""
    return connection.in_atomic_block and ask("SELECT pg_current_xact_id_if_assigned() IS NULL")


def ask(question: str):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def execute(*statements: str) -> None:
    """All in one go; without parameters, so that a % is a %."""
    with connection.cursor() as cursor:
        cursor.execute(";".join(filter(None, statements)))
