"""Migrations' word for history: rows of these tables are added, and never change or go."""

from django.db.migrations import RunSQL

KEEPS = """
CREATE TRIGGER {table}_never_changes BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
FULL = """
CREATE TRIGGER {table}_is_never_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
CHANGES = """
DROP TRIGGER {table}_never_changes ON {table};
"""
EMPTIES = """
DROP TRIGGER {table}_is_never_emptied ON {table};
"""


def append_only(*tables: str) -> RunSQL:
    """UPDATE, DELETE and TRUNCATE of these tables are refused by the database."""
    return _each(tables, KEEPS + FULL, CHANGES + EMPTIES)


def never_emptied(*tables: str) -> RunSQL:
    """TRUNCATE is refused; what may change is said by triggers of their own."""
    return _each(tables, FULL, EMPTIES)


def _each(tables: tuple[str, ...], forward: str, backward: str) -> RunSQL:
    def written(sql: str) -> str:
        return "".join(sql.format(table=table) for table in tables)

    return RunSQL(written(forward), written(backward))
