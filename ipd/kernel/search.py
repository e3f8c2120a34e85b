"""The register of what can be found: each package adds the sources it owns.

A source is a queryset, not a list: all of them are asked in one statement, so that the
palette costs one query however many kinds of things there are.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse

HITS_OF_A_KIND = 8
LONGEST_TEXT = 100


@dataclass(frozen=True)
class Hit:
    """One line of the palette: where it leads, what it is, and a word more."""

    title: str
    url: str
    kind: str
    detail: str = ""


Find = Callable[[object, list[str]], QuerySet | None]


@dataclass(frozen=True)
class Source:
    """Things of one kind: `find` gives those to be seen, best first, as `title` and `detail`."""

    kind: str
    route: str
    order: int
    find: Find


SOURCES: list[Source] = []


def search_source(*, kind: str, route: str, order: int):
    """Register `find(person, words)`: an ordered queryset of what the person may see.

    kind   what such a thing is called; route  the name of its page's address, by its pk
    order  of the kinds in the list
    The queryset annotates `title` and `detail`; None means the words can find nothing here.
    """

    def remember(find: Find) -> Find:
        SOURCES.append(Source(kind, route, order, find))
        SOURCES.sort(key=lambda source: source.order)
        return find

    return remember


def words_of(text: str) -> list[str]:
    """The words that are looked for; signs between them do not count.

    >>> words_of(" P01: TR5 ")
    ['P01', 'TR5']
    """
    return re.findall(r"[\w@.+-]+", text[:LONGEST_TEXT])[:6]


def search(person, text: str) -> list[Hit]:
    """What `person` may see and `text` matches, kind by kind, at most eight of each."""
    words = words_of(text)
    if not words:
        return []
    parts = []
    for place, source in enumerate(SOURCES):
        found = source.find(person, words)
        if found is not None:
            parts.append(_lines(found, place))
    if not parts:
        return []
    # Each part is in its own order; only the kinds are put in theirs here.
    rows = parts[0].union(*parts[1:], all=True).order_by() if len(parts) > 1 else parts[0]
    return [
        Hit(title, reverse(SOURCES[place].route, args=[pk]), str(SOURCES[place].kind), detail)
        for place, pk, title, detail in sorted(rows, key=lambda row: row[0])
    ]


def _lines(found: QuerySet, place: int) -> QuerySet:
    return found.annotate(
        hit_place=Value(place, output_field=IntegerField()),
        hit_title=Cast("title", TextField()),
        hit_detail=Cast("detail", TextField()),
    ).values_list("hit_place", "pk", "hit_title", "hit_detail")[:HITS_OF_A_KIND]
