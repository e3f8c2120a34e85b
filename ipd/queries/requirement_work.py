"""What waits for the analysts and the managers of requirements, and for how long."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet

from ipd.calculations.requirement_clocks import OLD_DAYS
from ipd.kernel.days import today
from ipd.models import ProductLine, Requirement
from ipd.models.requirement_words import Level
from ipd.models.requirement_words import RequirementStatus as S
from teams.models import Person

WAITING = {
    "analysis": Q(level=Level.RR, status__in=(S.NEW, S.ANALYSING)),
    "distribution": Q(level=Level.IR, status=S.PROPOSED),
    "confirmation": Q(level=Level.IR, status=S.DELIVERED),
}


@dataclass(frozen=True)
class Queue:
    """One line's queues: how many wait, how many of them too long, and are overdue."""

    line: ProductLine
    waiting: dict[str, tuple[int, int, int]]


def of_lines(person: Person) -> list[Queue]:
    """The queues of every line, as far as the person may see what waits there."""
    old = today() - timedelta(days=OLD_DAYS)
    counts = {}
    for name, condition in WAITING.items():
        counts |= {
            name: Count("pk", filter=condition),
            f"{name}_old": Count("pk", filter=condition & Q(raised_on__lt=old)),
            f"{name}_late": Count("pk", filter=condition & Q(due_on__lt=today())),
        }
    rows = (
        Requirement.objects.visible_to(person)
        .filter(status__in=(S.NEW, S.ANALYSING, S.PROPOSED, S.DELIVERED))
        .order_by()
        .values("line")
        .annotate(**counts)
    )
    by_line = {row["line"]: row for row in rows}
    return [
        Queue(
            line,
            {
                name: tuple(
                    by_line.get(line.pk, {}).get(name + end, 0) for end in ("", "_old", "_late")
                )
                for name in WAITING
            },
        )
        for line in ProductLine.objects.all()
    ]


def waiting(person: Person, *, line: str, what: str) -> QuerySet[Requirement]:
    """What waits for one step, of one line or all."""
    rows = Requirement.objects.visible_to(person).filter(WAITING[what])
    return rows.filter(line__code=line) if line else rows
