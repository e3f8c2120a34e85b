"""Who sees what of a bonus: the pool by the team, a share by its owner alone.

Every member sees the formula, their team's score and pool, and only their own share. The team's
lead proposes the contributions and therefore sees all of the own team; a function's head sees
the contributions of the function's people, without amounts; who prepares or approves the round
sees totals of teams and no share.
"""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from teams.models import BonusRound, BonusTeam, DecisionRight, Person, Role
from teams.permissions import by_seat_in_body, visible_teams
from teams.subjects import subjects

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


def access(person: Person, row: BonusTeam) -> Access:
    """Four queries: what the person does, leads, is in, and signs for."""
    heads = row.members.filter(function__head=person).order_by().values_list("function", flat=True)
    return Access(
        duties=duties(person),
        is_member=row.members.filter(person=person).exists(),
        leads=PROPOSE in subjects().acts_of(person, row.team_id),
        heads=frozenset(heads),
    )


def rounds(person: Person, done: Duties) -> QuerySet[BonusRound]:
    """Announced rounds; drafts for those who prepare or approve them."""
    return BonusRound.objects.all() if done.sees_totals else BonusRound.objects.announced()


def team_bonuses(person: Person) -> QuerySet[BonusTeam]:
    """Of teams whose existence the person knows; whether they may read one is its `Access`."""
    return BonusTeam.objects.filter(team__in=visible_teams(person)).select_related("round", "team")


def own_teams(person: Person, row: BonusRound) -> list[BonusTeam]:
    """The visible teams of a round that the person may open; two queries."""
    found = team_bonuses(person).filter(round=row).order_by("team__code")
    if duties(person).sees_totals:
        return list(found)
    led = (
        DecisionRight.objects.filter(
            Q(role__seats__person=person) | Q(role__seats__deputy=person), act=PROPOSE
        )
        .order_by()
        .values("role__seats__team")
    )
    mine = Q(members__person=person) | Q(members__function__head=person) | Q(team__in=led)
    return list(found.filter(pk__in=BonusTeam.objects.filter(mine).values("pk")))
