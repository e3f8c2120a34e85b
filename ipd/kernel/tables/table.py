"""A table: its columns, what is stored of it, and how rows are added and changed.

A row is a dict from column names to plain values (codes, not ids), the same whether it comes
from a file or from the database; so a difference is a comparison of two dicts. A row from a
file also knows where it stood (`ROW`), a stored one its primary key (`PK`).
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from ipd.kernel.tables.columns import Column, Reference, Text

ROW, PK = "row_number", "pk"
Row = dict[str, Any]
Key = tuple
BATCH = 1000


class Table:
    """What the importer knows of one table; subclasses say how it is stored.

    key      the columns that tell one row from another
    follows  tables that come in before this one, beside those its columns refer to
    fixed    why stored rows are never changed, for tables where that is so
    """

    name: str
    title: Any
    about: Any = ""
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    follows: tuple[str, ...] = ()
    fixed: Any = ""

    def __init__(self):
        self.by_name = {column.name: column for column in self.columns}

    def key_of(self, row: Row) -> Key:
        return tuple(row.get(name) for name in self.key)

    @property
    def before(self) -> set[str]:
        """The tables that come in before this one."""
        references = {c.to for c in self.columns if isinstance(c, Reference)}
        return (references | set(self.follows)) - {self.name}

    def stored(self) -> Iterable[Row]:
        """All rows the database has, with their primary keys."""
        raise NotImplementedError

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
        fields = {}
        for name in names or self.by_name:
            column, value = self.by_name[name], row[name]
            if isinstance(column, Reference):
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
