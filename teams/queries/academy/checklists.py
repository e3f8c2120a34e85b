"""Checklists of seats newly taken, computed from what is there; nobody ticks anything off."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import CharField, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from teams.facts import FACTS, WHERE, boards
from teams.models import Content, DecisionRight, Deed, Person, Seat
from teams.models.academy.contents import ContentKind
from teams.permissions import visible_seats
from teams.queries.academy.waiting import NO_DAY, waits

CORE, BODIES = "CORE", ("MEMBER", "SECRETARY")
LEADS = "propose_shares"  # the right of who leads a team
SHOWN = timedelta(days=180)  # from the seat's first day
FINISHED = "checklist_done"


@dataclass(frozen=True)
class Item:
    """One line: how often it happened, of how often it should, and until when."""

    code: str
    text: str
    why: str
    count: int
    wanted: int
    due_on: date
    url: str = ""

    @property
    def is_done(self) -> bool:
        return self.count >= self.wanted

    @property
    def tone(self) -> str:
        if self.is_done:
            return "on"
        return "off" if self.due_on < today() else "info"

    @property
    def word(self) -> str:
        return {"on": _("done"), "off": _("late"), "info": _("open")}[self.tone]


@dataclass
class Checklist:
    """The checklist of one seat."""

    seat: Seat
    title: str
    ends_on: date
    items: list[Item] = field(default_factory=list)

    @property
    def done(self) -> int:
        return sum(item.is_done for item in self.items)

    @property
    def is_finished(self) -> bool:
        return self.done == len(self.items)

    @property
    def next(self) -> Item | None:
        """What is due first of what is open."""
        return min(
            (item for item in self.items if not item.is_done),
            key=lambda item: item.due_on,
            default=None,
        )


def newly_taken(person: Person) -> QuerySet[Seat]:
    """Seats on boards and in cores of teams that the person took of late; leaders of teams walk
    a path instead. `began_on` is the seat's first day, `for_role` what checklists call it."""
    leading = DecisionRight.objects.filter(act=LEADS, role=OuterRef("role"))
    core = Q(role__is_core=True) & ~Exists(leading)
    board = Q(role__code__in=BODIES, team__in=boards())
    rows = visible_seats(person).filter(core | board, person=person)
    rows = rows.annotate(began_on=Func(F("period"), function="lower", output_field=_DAY))
    return rows.filter(began_on__gt=today() - SHOWN)


_DAY = NO_DAY.output_field


def seats_of(person: Person) -> list[Seat]:
    rows = newly_taken(person).select_related("team", "role", "function", "deputy")
    return list(rows.order_by("-began_on", "pk"))


def role_of(seat: Seat) -> str:
    """What checklists call the seat's role."""
    return seat.role.code if seat.role.code in BODIES else CORE


def of(person: Person) -> list[Checklist]:
    """The checklists of the person's new seats, the newest first; three queries."""
    seats = seats_of(person)
    if not seats:
        return []
    rows = Content.objects.filter(kind=ContentKind.CHECKLIST, is_current=True)
    by_role: dict[str, list[dict]] = {}
    for row in rows:
        by_role.setdefault(row.body["for_role"], []).append(row.body)
    found, asked = [], []
    for seat in seats:
        for body in by_role.get(role_of(seat), []):
            ends_on = seat.began_on + timedelta(days=body["days"])
            found.append((Checklist(seat, body["title"], ends_on), body))
            asked += [(seat, item) for item in body["items"]]
    counts = iter(_counts(person, asked))
    for checklist, body in found:
        checklist.items = [_item(checklist.seat, item, next(counts)) for item in body["items"]]
    return [checklist for checklist, _body in found]


def _item(seat: Seat, item: dict, count: int) -> Item:
    where, params = WHERE.get(item["fact"]), item.get("params", {})
    return Item(
        code=item["code"],
        text=item["text"],
        why=item["why"],
        count=min(count, item.get("count", 1)),
        wanted=item.get("count", 1),
        due_on=seat.began_on + timedelta(days=item["within_days"]),
        url=where(seat, params) if where else "",
    )


def _counts(person: Person, asked: Iterable[tuple[Seat, dict]]) -> list[int]:
    """How often each is true, as far as it is asked for; all facts in one statement."""
    asked, found, parts = list(asked), {}, []
    for place, (seat, item) in enumerate(asked):
        fact = FACTS.get(item["fact"])
        rows = fact(person, seat, item.get("params", {})) if fact else 0
        if isinstance(rows, int):
            found[place] = rows
        else:
            one = rows.order_by().annotate(fact_place=Value(place)).values_list("fact_place")
            parts.append(one[: item.get("count", 1)])
    if parts:
        first, *others = parts
        rows = first.union(*others, all=True).order_by() if others else first
        for (place,) in rows:
            found[place] = found.get(place, 0) + 1
    return [found.get(place, 0) for place in range(len(asked))]


@waits(text=_("First weeks as %(who)s: %(what)s"), route="teams:checklists", plain=True)
def first_weeks(person: Person) -> QuerySet:
    """Each new seat with a checklist that was not seen finished."""
    lists = Content.objects.filter(kind=ContentKind.CHECKLIST, is_current=True)
    core = Q(role__is_core=True) & Exists(lists.filter(body__for_role=CORE))
    roles = Q()
    for code in BODIES:
        roles |= Q(role__code=code) & Exists(lists.filter(body__for_role=code))
    name = Concat(Value("seat:"), Cast(OuterRef("pk"), CharField()))
    finished = Deed.objects.filter(person=person, deed=FINISHED, subject=name)
    rows = newly_taken(person).filter(core | roles).exclude(Exists(finished))
    return rows.values_list("pk", "role__name", "team__name", NO_DAY)
