"""What waits for the analysts and the managers of requirements, and for how long."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet, Value

from ipd.calculations.requirement_clocks import OLD_DAYS
from ipd.kernel.days import today
from ipd.models import ProductLine, Requirement
from ipd.models.requirements import WAITING
from teams.models import Person


@dataclass(frozen=True)
class Queue:
    """One line's queues: how many wait, how many of them too long, and are overdue."""

    line: ProductLine
    waiting: dict[str, tuple[int, int, int]]


def of_lines(person: Person) -> list[Queue]:
    """The queues of every line, as far as the person may see what waits there."""
    visible = Requirement.objects.visible_to(person).order_by()
    first, *others = (_by_line(visible, name) for name in WAITING)
    every = first.union(*others, all=True).order_by()
    counts = {(line, name): waits for line, name, *waits in every}
    return [
        Queue(line, {name: tuple(counts.get((line.pk, name), (0, 0, 0))) for name in WAITING})
        for line in ProductLine.objects.all()
    ]


def _by_line(rows: QuerySet, name: str) -> QuerySet:
    """One queue counted by line, from its own index alone."""
    day = today()
    return (
        rows.filter(WAITING[name])
        .values_list("line", Value(name))
        .annotate(
            everything=Count("*"),
            old=Count(Value(1), filter=Q(raised_on__lt=day - timedelta(days=OLD_DAYS))),
            late=Count(Value(1), filter=Q(due_on__lt=day)),
        )
    )


def waiting(person: Person, *, line: ProductLine | None, what: str) -> QuerySet[Requirement]:
    """What waits for one step, of one line or all."""
    rows = Requirement.objects.visible_to(person).filter(WAITING[what]).select_related("product")
    shown = ("code", "title", "customer", "raised_on", "due_on", "status", "product__code")
    return (rows.filter(line=line) if line else rows).only(*shown)
