"""A table: its columns, what is stored of it, and how rows are added and changed.

A row is a dict from column names to plain values (codes, not ids), the same whether it comes
from a file or from the database; so a difference is a comparison of two dicts. A row from a
file also knows where it stood (`ROW`), a stored one its primary key (`PK`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from ipd.kernel.tables.columns import Column, Reference, Text

ROW, PK = "row_number", "pk"
Row = dict[str, Any]
Key = tuple
BATCH = 1000


@dataclass(frozen=True, kw_only=True)
class Parent:
    """The row of another table that several columns name together: a product and a number.

    field    the model's foreign key
    by       the columns, in the order of the other table's key; when the last is blank there
             is no such row, and when there should be one the last is named
    accepts  what to say then
    """

    field: str
    to: str
    by: tuple[str, ...]
    accepts: Any

    def key(self, row: Row) -> Key | None:
        key = tuple(row[name] for name in self.by)
        return None if key[-1] in (None, "") else key


class Table:
    """What the importer knows of one table; subclasses say how it is stored.

    key      the columns that tell one row from another
    parents  rows of other tables that several columns name together
    follows  tables that come in before this one, beside those its columns and parents refer to
    touches  what its rows move, for those who follow up (`Company.touched`): tables, each with
             the columns that name its row
    fixed    why stored rows are never changed, for tables where that is so
    """

    name: str
    title: Any
    about: Any = ""
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    parents: tuple[Parent, ...] = ()
    follows: tuple[str, ...] = ()
    touches: tuple[tuple[str, ...], ...] = ()
    fixed: Any = ""

    def __init__(self):
        self.by_name = {column.name: column for column in self.columns}

    def key_of(self, row: Row) -> Key:
        return tuple(row.get(name) for name in self.key)

    @property
    def before(self) -> set[str]:
        """The tables that come in before this one."""
        references = {c.to for c in self.columns if isinstance(c, Reference)}
        references |= {parent.to for parent in self.parents}
        return (references | set(self.follows)) - {self.name}

    def stored(self) -> Iterable[Row]:
        """All rows the database has, with their primary keys."""
        raise NotImplementedError

    def stored_for(self, company) -> Iterable[Row]:
        """The stored rows that an import may meet; all of them unless there are too many."""
        return self.stored()

    def fixed_for(self, old: Row) -> str:
        """Why this stored row is not changed; blank when it may be."""
        return self.fixed

    def complete(self, row: Row, company) -> None:
        """Fill what a blank cell stands for, before rows are compared."""

    def check(self, rows: list[Row], company) -> None:
        """Name what no single cell shows, with `company.problem(self, row, column, accepted)`."""

    def add(self, rows: list[Row], company) -> None:
        raise NotImplementedError

    def change(self, changes: list, company) -> None:
        raise NotImplementedError

    def follow_up(self, rows: list[Row], company) -> None:
        """Do what follows for rows that were added or changed: note what they touch."""
        for to, *names in self.touches:
            company.touched[to] |= {company.id(to, *(row[n] for n in names)) for row in rows}


class ModelTable(Table):
    """A table that is one model: each column a field, or a code that finds a foreign key."""

    model: type[Model]

    def rows_of(self):
        """The queryset whose rows are stored ones."""
        return self.model.objects.order_by()

    def stored(self):
        paths = [column.path or column.name for column in self.columns]
        names = [PK, *self.by_name]
        for values in self.rows_of().values_list("pk", *paths).iterator(chunk_size=5000):
            yield dict(zip(names, values, strict=True))

    def values(self, row: Row, company, names: Iterable[str] | None = None) -> dict[str, Any]:
        """Fields and their values for the model; codes have become ids."""
        fields, parents = {}, {parent.field: parent for parent in self.parents}
        for name in names or self.by_name:
            column, value = self.by_name[name], row[name]
            if parent := parents.get(column.field):
                key = parent.key(row)
                fields[f"{column.field}_id"] = company.id(parent.to, *key) if key else None
            elif isinstance(column, Reference):
                fields[f"{column.field}_id"] = company.id(column.to, value)
            else:
                fields[column.field] = value
        return fields

    def make(self, row: Row, company) -> Model:
        return self.model(**self.values(row, company))

    def add(self, rows, company):
        made = self.model.objects.bulk_create(
            [self.make(row, company) for row in rows], batch_size=BATCH
        )
        for row, instance in zip(rows, made, strict=True):
            row[PK] = instance.pk

    def alter(self, instance: Model, change, company) -> set[str]:
        """Put a change's new values on the stored instance; the fields that were touched."""
        values = self.values(change.new, company, change.names)
        for name, value in values.items():
            setattr(instance, name, value)
        return {name.removesuffix("_id") for name in values}

    def change(self, changes, company):
        instances = self.model.objects.in_bulk([change.new[PK] for change in changes])
        fields = set()
        for change in changes:
            fields |= self.alter(instances[change.new[PK]], change, company)
        self.model.objects.bulk_update(instances.values(), fields, batch_size=BATCH)


def blank_of(column: Column):
    """What a blank cell of the column is read as."""
    return "" if isinstance(column, Text) else column.blank
