"""The list of requirements: filtered, sorted, grouped, however long, and by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, F, Max, OrderBy, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from ipd.kernel.keyset import Slice, beyond, part
from ipd.models import Product, Requirement, RequirementBaseline, RequirementChange
from ipd.models.requirement_words import ChangeState, Level, RequirementKind, Target
from ipd.models.requirement_words import RequirementStatus as S
from teams.models import Person

PAGE = 50
MOST_COUNTED = 1000
# So many that a search finds are put in order by themselves; more stand close in any order.
MOST_SORTED = 10_000
# What a row of the list shows, is sorted by and may be edited by.
SHOWN = (
    *("code", "title", "level", "kano", "value", "release", "status", "due_on", "updated_at"),
    *("is_contracted", "upward", "downward", "is_tested", "product", "owner__name"),
)
# Falling keys fall together, so that one index serves each.
SORTS = {
    "code": ("code",),
    "title": ("title", "pk"),
    "value": ("-value", "-pk"),
    "moved": ("-updated_at", "-pk"),
    "due": ("due_on", "pk"),
}
GROUPS = ("status", "owner", "release", "kind", "target")
IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
TONES = {
    S.NEW: "info",
    S.ANALYSING: "info",
    S.PROPOSED: "info",
    S.DISTRIBUTED: "info",
    S.ACCEPTED: "on",
    S.COMMITTED: "on",
    S.DELIVERED: "on",
    S.CONFIRMED: "on",
    S.BASELINED: "on",
    S.IMPLEMENTED: "on",
    S.VERIFIED: "on",
    S.CHANGED: "risk",
    S.REJECTED: "off",
    S.DROPPED: "off",
    S.DEFERRED: "waived",
    S.MERGED: "redirect",
    S.DRAFT: "none",
}


@dataclass(frozen=True)
class Group:
    """The rows of a list that share a value, and the words for it."""

    value: str
    label: str
    count: int


def by_word(text: str) -> SearchQuery | None:
    """What the search looks for: beginnings of words, and pairs of characters without gaps.

    >>> by_word("--") is None
    True
    """
    terms: list[str] = []
    for run in IDEOGRAPHS.findall(text):
        pairs = [run[n : n + 2] for n in range(len(run) - 1)]
        terms += [f"'{pair}'" for pair in pairs] or [f"'{run}':*"]
    terms += [f"'{word}':*" for word in re.findall(r"[^\W_]+", IDEOGRAPHS.sub(" ", text))]
    return (
        SearchQuery(" & ".join(terms[:12]), search_type="raw", config="simple") if terms else None
    )


def scope(person: Person, product: Product | None) -> QuerySet[Requirement]:
    """All of one product, which the person sees already, or all that they may see."""
    if product is not None:
        return Requirement.objects.filter(product=product)
    return Requirement.objects.visible_to(person)


def found(person: Person, wanted: dict[str, Any], product: Product | None = None) -> QuerySet:
    """The requirements that an address asks for; `wanted` holds clean values only."""
    rows = scope(person, product)
    if wanted.get("level"):
        rows = rows.filter(level=wanted["level"])
    rows = _seen(rows, wanted.get("view") or "", person, product)
    for name in ("status", "kind", "release", "target"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    if wanted.get("owner") is not None:
        rows = rows.filter(owner=wanted["owner"] or None)
    if wanted.get("line"):
        rows = rows.filter(line=wanted["line"])
    if wanted.get("sort") == "due":
        rows = rows.filter(due_on__isnull=False)
    if wanted.get("q") and (words := by_word(wanted["q"])):
        rows = rows.filter(words=words)
    return rows


def _seen(rows: QuerySet, view: str, person: Person, product: Product | None) -> QuerySet:
    match view:
        case "below":
            return rows.filter(downward=False, level__in=(Level.IR, Level.SR)).alive()
        case "above":
            return rows.filter(upward=False, level__in=(Level.SR, Level.AR)).alive()
        case "untested":
            return rows.filter(is_tested=False, level=Level.SR).alive()
        case "ownerless":
            return rows.filter(owner=None).exclude(level=Level.RR).alive()
        case "mine":
            return rows.filter(Q(owner=person) | Q(requester=person))
        case "changed":
            return rows.filter(pk__in=_changed(product))
        case "overdue":
            return rows.overdue()
    return rows


def _changed(product: Product | None) -> QuerySet:
    """What accepted requests moved since each product's newest baseline."""
    changes = RequirementChange.objects.filter(state=ChangeState.ACCEPTED)
    if product is None:
        return changes.values("requirement")
    kept = RequirementBaseline.objects.filter(product=product).values("product")
    newest = kept.annotate(day=Max("kept_on")).values("day")
    return changes.filter(product=product, decided_on__gte=newest).values("requirement")


def page(rows: QuerySet, *, sort: str, after: str, search: bool) -> tuple[Slice, int]:
    """Fifty rows in the order that is wanted, with all that a row shows, and how many there are.

    They are counted no further than beyond a thousand. What a search finds everywhere is found
    by word first and then sorted: walking the list in its order would pass a hundred thousand
    rows before the first that fits.
    """
    keys, shown = SORTS[sort], rows
    count = rows.order_by().values("pk")[: (MOST_SORTED if search else MOST_COUNTED) + 1].count()
    if search and count <= MOST_SORTED:
        shown = Requirement.objects.filter(pk__in=_first(rows, keys, after))
    shown = shown.select_related("owner").only(*SHOWN)
    return part(shown, keys, after=after, size=PAGE), count


def _first(rows: QuerySet, keys: Sequence[str], after: str) -> QuerySet:
    """The page's rows, in an order that is said so that no index has it."""
    columns = [(key.removeprefix("-"), key.startswith("-")) for key in keys]
    order = [OrderBy(Coalesce(column, column), descending=down) for column, down in columns]
    return beyond(rows, keys, after).order_by(*order).values("pk")[: PAGE + 1]


def levels(product: Product) -> dict[str, int]:
    """How many requirements of each level a product has."""
    rows = Requirement.objects.filter(product=product).order_by().values_list("level")
    return dict(rows.annotate(count=Count("*")))


def groups(rows: QuerySet, by: str) -> list[Group]:
    """The values of one column among the rows, each with its count, the most frequent first."""
    # A name is looked up for each group, not for each row.
    name = Subquery(Person.objects.filter(pk=OuterRef("key")).order_by().values("name"))
    counted = (
        rows.order_by()
        .values(key=F("owner_id" if by == "owner" else by))
        .annotate(count=Count("*"))
        .annotate(label=name if by == "owner" else F("key"))
        .order_by("-count", "label")[:200]
    )
    words = {"status": dict(S.choices), "kind": dict(RequirementKind.choices)}
    words["target"] = dict(Target.choices)
    return [
        Group(
            str(one["key"] if one["key"] is not None else 0),
            str(words.get(by, {}).get(one["label"], one["label"] or "–")),
            one["count"],
        )
        for one in counted
    ]


def address(product: Product) -> str:
    """Where a product's list is."""
    return reverse("ipd:requirements", args=[product.pk])
