"""The drawn order of a cohort's lottery, and what has become of each since."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from teams.models import Enrolment, Lottery, Person
from teams.models.academy.enrolments import EnrolmentState


class Since(TextChoices):
    """What became of somebody who was in the draw."""

    DRAWN = "drawn", _("drawn")
    MOVED_UP = "moved_up", _("moved up")
    WAITS = "waits", _("moves up when a place is free")
    GAVE_BACK = "gave_back", _("gave it back")
    LEFT = "left", _("waits no more")


@dataclass(frozen=True)
class Rank:
    """One line of the order as it was drawn; `person` is None for who may not see names."""

    drawn: Mapping[str, Any]
    since: Since
    person: Person | None

    @property
    def tone(self) -> str:
        return "on" if self.since in (Since.DRAWN, Since.MOVED_UP) else "none"


def order(lottery: Lottery, *, names: bool) -> list[Rank]:
    """The drawn order; names are for who runs the academy, others go by numbers. One query."""
    rows = Enrolment.objects.filter(
        person__code__in=[one["code"] for one in lottery.order],
        path__code=lottery.cohort.path.code,
    )
    theirs: dict[str, list[Enrolment]] = {}
    for row in rows.select_related("person"):
        theirs.setdefault(row.person.code, []).append(row)
    return [_rank(lottery, one, theirs.get(one["code"], []), names=names) for one in lottery.order]


def _rank(lottery: Lottery, one: Mapping, rows: list[Enrolment], *, names: bool) -> Rank:
    person = rows[0].person if names and rows else None
    return Rank(one, _since(lottery, drawn=one["drawn"], rows=rows), person)


def _since(lottery: Lottery, *, drawn: bool, rows: list[Enrolment]) -> Since:
    gone = EnrolmentState.WITHDRAWN
    if any(row.cohort_id == lottery.cohort_id and row.state != gone for row in rows):
        return Since.DRAWN if drawn else Since.MOVED_UP
    if any(row.cohort_id is None and row.state == EnrolmentState.WAITING for row in rows):
        return Since.WAITS
    return Since.GAVE_BACK if drawn else Since.LEFT


def waits(ranks: list[Rank]) -> int:
    """How many of the order a free place could still be given to."""
    return sum(one.since == Since.WAITS for one in ranks)
