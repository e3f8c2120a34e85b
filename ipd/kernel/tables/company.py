"""The company during one import: what is stored, what the files say, and what follows."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ipd.kernel import days
from ipd.kernel.tables.problems import Problems
from ipd.kernel.tables.register import tables
from ipd.kernel.tables.table import PK, ROW, Key, Row, Table


@dataclass(frozen=True)
class Change:
    """A stored row and the file's row for the same key; `names` are the columns that differ."""

    table: Table
    old: Row
    new: Row
    names: tuple[str, ...]

    @property
    def key(self) -> str:
        return " · ".join(str(part) for part in self.table.key_of(self.new))

    @property
    def fields(self) -> list[tuple[str, str, str]]:
        """Column, old and new value, as a file would write them."""
        columns = self.table.by_name
        return [
            (name, columns[name].show(self.old[name]), columns[name].show(self.new[name]))
            for name in self.names
        ]


@dataclass
class Company:
    """Rows by table and key. What an import touches is noted for those who follow up on it.

    `rows` are the files' rows as read, `read` the same by key, `documents` files that are no
    tables, by what knows them. `today` is the day the import
    counts from. `incomplete` are tables some rows of which could not be read: a reference to
    one of those is not called dangling as well.
    """

    problems: Problems = field(default_factory=Problems)
    shift: timedelta = timedelta(0)
    today: date = field(default_factory=days.today)
    files: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    read: dict[str, dict[Key, Row]] = field(default_factory=dict)
    documents: dict[str, dict[str, bytes]] = field(default_factory=dict)
    touched: dict[str, set[Any]] = field(default_factory=lambda: defaultdict(set))
    incomplete: set[str] = field(default_factory=set)
    _memory: dict[tuple[str, str], Any] = field(default_factory=dict)
    _stored: dict[str, dict[Key, Row]] = field(default_factory=dict)

    def once(self, make):
        """What `make(company)` answers, asked once per import."""
        name = (make.__module__, make.__qualname__)
        if name not in self._memory:
            self._memory[name] = make(self)
        return self._memory[name]

    def stored(self, name: str) -> dict[Key, Row]:
        """The rows of a table as the database has them; loaded once."""
        if name not in self._stored:
            table = tables()[name]
            self._stored[name] = {table.key_of(row): row for row in table.stored_for(self)}
        return self._stored[name]

    def final(self, name: str, *key) -> Row | None:
        """The row with that key as it will be: the file's, or else the stored one."""
        return self.read.get(name, {}).get(key) or self.stored(name).get(key)

    def all_final(self, name: str) -> dict[Key, Row]:
        """All rows of a table as they will be."""
        return self.stored(name) | self.read.get(name, {})

    def id(self, name: str, *key) -> int | None:
        """The primary key of a row that is in by now; None for a blank code."""
        if key == (None,) or key == ("",):
            return None
        row = self.read.get(name, {}).get(key)
        if row is None or PK not in row:
            row = self.stored(name)[key]
        return row[PK]

    def problem(self, table: Table, row: Row, column: str, accepted: str) -> None:
        """Name what is wrong with a cell of a row from a file."""
        value = row.get(column)
        shown = table.by_name[column].show(value) if column in table.by_name else ""
        self.problems.add(self.files[table.name], row.get(ROW), column, shown, accepted)
