"""Who sees what of a bonus: the pool by the team, a share by its owner alone.

Every member sees the formula, their team's score and pool, and only their own share. The team's
lead proposes the contributions and therefore sees all of the own team; a function's head sees
the contributions of the function's people, without amounts; who prepares or approves the round
sees totals of teams and no share.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, When

from ipd.kernel.keyset import Slice, part
from teams.models import BonusMember, BonusRound, BonusTeam, DecisionRight, Person, Role, Team
from teams.permissions import by_seat_in_body, by_seat_in_team, visible_teams
from teams.subjects import subjects

PAGE = 100
MANAGE, APPROVE, PROPOSE = "manage_bonus", "approve_bonus", "propose_shares"


@dataclass(frozen=True)
class Duties:
    """What a person does for bonus rounds of the company."""

    manages: bool = False
    approves: bool = False

    @property
    def sees_totals(self) -> bool:
        return self.manages or self.approves


def duties(person: Person) -> Duties:
    """One query."""
    acts = subjects().acts_in_group(person, "")
    return Duties(MANAGE in acts, APPROVE in acts)


def approving_roles(person: Person) -> list[Role]:
    """The roles by which the person may approve a round, the highest first."""
    rights = by_seat_in_body(person) & Q(act=APPROVE, role__seats__team__kind=F("body_kind"))
    roles = DecisionRight.objects.filter(rights).order_by().values("role")
    return list(Role.objects.filter(pk__in=roles).order_by("order", "code"))


@dataclass(frozen=True)
class Access:
    """What one reader is to one team's bonus.

    heads  functions of members that the reader signs for
    """

    duties: Duties
    is_member: bool
    leads: bool
    heads: frozenset[int]

    @property
    def is_anything(self) -> bool:
        return self.sees_pool or bool(self.heads)

    @property
    def sees_pool(self) -> bool:
        return self.is_member or self.leads or self.duties.sees_totals


def access(person: Person, row: BonusTeam, members: Iterable[BonusMember]) -> Access:
    """Three queries, of members (with their functions) that are at hand."""
    members = list(members)
    return Access(
        duties=duties(person),
        is_member=any(member.person_id == person.pk for member in members),
        leads=PROPOSE in subjects().acts_of(person, row.team_id),
        heads=frozenset(m.function_id for m in members if m.function.head_id == person.pk),
    )


def rounds(person: Person, done: Duties) -> QuerySet[BonusRound]:
    """Announced rounds; drafts for those who prepare or approve them."""
    return BonusRound.objects.all() if done.sees_totals else BonusRound.objects.announced()


def team_bonuses(person: Person) -> QuerySet[BonusTeam]:
    """Of teams whose existence the person knows; whether they may read one is its `Access`.

    Each with `heads`, the headcount of its whole round.
    """
    others = BonusTeam.objects.filter(round=OuterRef("round")).order_by().values("round")
    heads = others.annotate(sum=Sum("headcount")).values("sum")
    rows = BonusTeam.objects.filter(team__in=visible_teams(person)).annotate(heads=Subquery(heads))
    return rows.select_related("round", "team", "proposed_by")


def readable(person: Person, row: BonusRound, done: Duties, *, after: str = "") -> Slice:
    """The teams of a round that the person may open, by code, some at a time; one query.

    Each says whether its pool may be read (`pool`), and the person's own share (`own`).
    """
    led = (
        DecisionRight.objects.filter(by_seat_in_team(person), act=PROPOSE)
        .order_by()
        .values("role__seats__team")
    )
    own = BonusMember.objects.filter(team=OuterRef("pk"), person=person)
    headed = BonusMember.objects.filter(team=OuterRef("pk"), function__head=person)
    rows = (
        team_bonuses(person)
        .filter(round=row)
        .annotate(own=Subquery(own.values("share")[:1]))
        .annotate(pool=Case(When(Exists(own) | Q(team__in=led), then=True), default=False))
    )
    if not done.sees_totals:
        rows = rows.filter(Q(pool=True) | Exists(headed))
    found = part(rows, ("team__code",), after=after, size=PAGE)
    for one in found.rows:
        one.pool = one.pool or done.sees_totals
    return found


def own_sum(person: Person, row: BonusRound) -> Decimal | None:
    """What the person's shares make together: people in several teams have several."""
    mine = BonusMember.objects.filter(team__round=row, person=person)
    return mine.filter(team__team__in=visible_teams(person)).aggregate(sum=Sum("share"))["sum"]


def unseen_sum(person: Person, row: BonusRound) -> Decimal:
    """What goes to teams that this person may not know of."""
    seen = BonusTeam.objects.filter(round=row, team__in=visible_teams(person))
    known = seen.aggregate(sum=Sum("entitlement"))["sum"] or Decimal(0)
    return row.released - row.left_over - known


def marking(row: BonusTeam) -> str:
    """The code of what the team answers for where not everybody may know of it; one query."""
    subject = subjects().of([row.team_id]).get(row.team_id)
    return subject.code if subject is not None and not subject.is_open else ""


def choices(person: Person) -> QuerySet[Team]:
    """The teams that may be taken into a round: those that are measured and visible."""
    return Team.objects.filter(pk__in=subjects().visible_to(person)).order_by("code")
