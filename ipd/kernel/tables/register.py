"""The register of tables, in the order in which they come in."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from graphlib import TopologicalSorter

from django.utils.module_loading import autodiscover_modules

from ipd.kernel.tables.documents import Document
from ipd.kernel.tables.table import Table

_tables: dict[str, Table] = {}
_steps: dict[str, tuple[Callable, tuple[str, ...]]] = {}
_after: list[Callable] = []
_documents: list[Document] = []
_last: list[Callable] = []


def table(described: type[Table]) -> type[Table]:
    """Register the decorated description under its name."""
    if described.name in _tables:
        raise ValueError(f"The table {described.name} is described twice.")
    _tables[described.name] = described()
    return described


def step(*, follows: tuple[str, ...]) -> Callable:
    """Call the decorated function with the company once those tables are in.

    Tables may follow the step by its name, as they follow one another.
    """

    def register(function: Callable) -> Callable:
        _steps[function.__name__] = (function, follows)
        return function

    return register


def document(described: type[Document]) -> type[Document]:
    """Register the decorated description of files that are no tables."""
    _documents.append(described())
    return described


def document_of(file: str) -> Document | None:
    """What knows the file of that name, if it is no table's."""
    _order()
    return next((known for known in _documents if known.knows(file)), None)


def documents() -> tuple[Document, ...]:
    _order()
    return tuple(_documents)


def after_import(function: Callable) -> Callable:
    """Call the decorated function with the company once all rows are in, before the commit."""
    _after.append(function)
    return function


def at_last(function: Callable) -> Callable:
    """Call the decorated function with the company when all others have followed up."""
    _last.append(function)
    return function


@cache
def _order() -> tuple[str, ...]:
    """Names of tables and steps, each after those it follows, else as they were registered."""
    autodiscover_modules("tables")
    follows = {name: described.before for name, described in _tables.items()}
    follows |= {name: set(before) for name, (_function, before) in _steps.items()}
    known = list(follows)
    sorter = TopologicalSorter()
    for name, before in follows.items():
        sorter.add(name, *sorted(before, key=known.index))
    return tuple(sorter.static_order())


@cache
def tables() -> dict[str, Table]:
    """All tables by name, in the order in which they come in."""
    return {name: _tables[name] for name in _order() if name in _tables}


def in_order() -> Sequence[Table | Callable]:
    """Tables and steps."""
    return [_tables[name] if name in _tables else _steps[name][0] for name in _order()]


def after() -> Iterable[Callable]:
    _order()
    return (*_after, *_last)
