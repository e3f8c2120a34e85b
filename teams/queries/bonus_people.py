"""Who was part of a team in a round's months, and who is asked for what."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F

from teams.models import BonusMember, BonusRound, BonusTeam, DecisionRight, Person, Seat
from teams.models.rights import SeatedIn

YEAR, FULL_TIME, ONE = Decimal(12), Decimal(100), Decimal(1)
PLACES = Decimal("0.0001")


def span(row: BonusRound) -> tuple[date, date]:
    """The first day of the round's months, and the first day after them."""
    last = row.last_month
    return row.first_month, last + timedelta(days=monthrange(last.year, last.month)[1])


def of_seats(row: BonusTeam) -> list[BonusMember]:
    """Everybody who sat in the team in these months, with their part of a year; two queries.

    Several seats of one person in the team add up to full time at most; the seat with the
    highest grade says what they count.
    """
    first, end = span(row.round)
    grades = dict(row.round.grades.values_list("role", "weight"))
    seats = (
        Seat.objects.filter(team=row.team_id, person__isnull=False, allocation_percent__gt=0)
        .filter(period__overlap=DateRange(first, end))
        .select_related("role", "person")
        .order_by("role__order", "pk")
    )
    found: dict[int, BonusMember] = {}
    for seat in seats:
        part = Decimal(seat.allocation_percent) / FULL_TIME * _held(seat, first, end)
        grade = grades.get(seat.role_id, ONE)
        member = found.setdefault(
            seat.person_id,
            BonusMember(
                team=row,
                person=seat.person,
                role=seat.role,
                function_id=seat.function_id,
                participation=Decimal(0),
                grade=grade,
            ),
        )
        member.participation += part
        if grade > member.grade:
            member.role, member.function_id, member.grade = seat.role, seat.function_id, grade
    whole = Decimal(row.round.months) / YEAR
    for member in found.values():
        member.participation = (min(member.participation, ONE) * whole).quantize(PLACES)
    return list(found.values())


def _held(seat: Seat, first: date, end: date) -> Decimal:
    """The part of these days for which the seat was held."""
    since = max(seat.period.lower or first, first)
    until = min(seat.period.upper or end, end)
    return Decimal((until - since).days) / Decimal((end - first).days)


def leads(row: BonusTeam) -> list[Person]:
    """Who proposes the shares of a team: the holders of seats that carry the right."""
    roles = DecisionRight.objects.filter(act="propose_shares", seated_in=SeatedIn.TEAM)
    seats = Seat.objects.current().filter(team=row.team_id, role__in=roles.values("role"))
    return list(Person.objects.filter(pk__in=seats.values("person")))


def in_body_with(act: str) -> list[Person]:
    """Who may do an act of the company's boards."""
    rights = DecisionRight.objects.filter(act=act, seated_in=SeatedIn.BODY)
    seats = Seat.objects.current().filter(
        role__rights__in=rights, team__kind=F("role__rights__body_kind")
    )
    return list(Person.objects.filter(pk__in=seats.values("person")))


def members(row: BonusRound) -> list[Person]:
    """Everybody with a share in the round."""
    paid = BonusMember.objects.filter(team__round=row, share__gt=0)
    return list(Person.objects.filter(pk__in=paid.values("person")))
