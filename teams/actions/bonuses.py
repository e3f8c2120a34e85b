"""Preparing a bonus round: its rules and teams, opening it, reading its facts again."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions import ledger
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.actions import bonus_results
from teams.calculations.months import month_of
from teams.models import BonusGrade, BonusKpi, BonusMember, BonusRound, BonusTeam, Kpi, Person, Role
from teams.models.bonuses import RoundState
from teams.queries import bonus_people

ALL = 100


def locked(row: BonusRound, *, seen_version: int | None = None) -> BonusRound:
    """The round's fresh row, held; Stale when it has moved on."""
    rows = BonusRound.objects.select_for_update(of=("self",), no_key=True)
    found = rows.get(pk=row.pk)
    if seen_version is not None and found.version != seen_version:
        raise Stale(_("Somebody changed this round while you were looking at it."))
    return found


def locked_draft(row: BonusRound, *, seen_version: int | None = None) -> BonusRound:
    found = locked(row, seen_version=seen_version)
    if found.state != RoundState.DRAFT:
        raise Refused(_("Rules and teams are fixed once the round is opened."))
    return found


def locked_open(row: BonusRound, *, seen_version: int | None = None) -> BonusRound:
    found = locked(row, seen_version=seen_version)
    if found.state == RoundState.DRAFT:
        raise Refused(_("The round is not open yet."))
    if found.state == RoundState.FROZEN:
        raise Refused(_("The round is frozen: nothing in it changes any more."))
    return found


def saved(row: BonusRound, *fields: str) -> BonusRound:
    """Write the fields and count the version up."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])
    return row


@transaction.atomic
def draft(*, facts: Mapping[str, Any], by: Person) -> BonusRound:
    """Begin a round with the rules of the last one, if there is one."""
    last = BonusRound.objects.order_by("-last_month", "-pk").first()
    row = BonusRound.objects.create(drafted_by=by, currency=settings.CURRENCY, **facts)
    if last is not None:
        copied = ("kpi_id", "weight", "floor", "target", "stretch", "centre")
        BonusKpi.objects.bulk_create(
            BonusKpi(round=row, **{name: getattr(paid, name) for name in copied})
            for paid in last.kpis.filter(kpi__is_active=True, kpi__counts_in_pay=True)
        )
        BonusGrade.objects.bulk_create(
            BonusGrade(round=row, role_id=grade.role_id, weight=grade.weight)
            for grade in last.grades.all()
        )
    return row


@transaction.atomic
def edit(row: BonusRound, *, facts: Mapping[str, Any], by: Person, seen_version: int) -> BonusRound:
    """Rewrite what a draft says."""
    row = locked_draft(row, seen_version=seen_version)
    for name, value in facts.items():
        setattr(row, name, value)
    return saved(row, *facts)


@transaction.atomic
def put_kpi(
    row: BonusRound, *, kpi: Kpi, scale: Mapping[str, Decimal], weight: int, by: Person
) -> BonusKpi:
    """Pay for a KPI, or for less or more of it; refused for one that must not be paid for."""
    row = locked_draft(row)
    if not (kpi.counts_in_pay and kpi.is_active):
        raise Refused(_("%(kpi)s stops being honest once it is paid for.") % {"kpi": kpi.code})
    found, _made = BonusKpi.objects.update_or_create(
        round=row, kpi=kpi, defaults={"weight": weight, **scale}
    )
    saved(row)
    return found


@transaction.atomic
def drop_kpi(paid: BonusKpi, *, by: Person) -> None:
    row = locked_draft(paid.round)
    BonusKpi.objects.filter(pk=paid.pk).delete()
    saved(row)


@transaction.atomic
def put_grade(row: BonusRound, *, role: Role, weight: Decimal, by: Person) -> BonusGrade:
    """Say what a role counts; a role without a grade counts 1."""
    row = locked_draft(row)
    found, _made = BonusGrade.objects.update_or_create(
        round=row, role=role, defaults={"weight": weight}
    )
    saved(row)
    return found


@transaction.atomic
def put_team(
    row: BonusRound, *, team, specialists: Decimal, stopped_early: str, by: Person
) -> BonusTeam:
    """Take a team into the round, with everybody who sat in it; or say more about it."""
    row = locked_draft(row)
    facts = {"specialists": specialists, "stopped_early": stopped_early.strip()[:300]}
    found, made = BonusTeam.objects.update_or_create(round=row, team=team, defaults=facts)
    if made:
        BonusMember.objects.bulk_create(bonus_people.of_seats(found))
    saved(row)
    return found


@transaction.atomic
def drop_team(team: BonusTeam, *, by: Person) -> None:
    row = locked_draft(team.round)
    BonusTeam.objects.filter(pk=team.pk).delete()
    saved(row)


def missing(row: BonusRound, paid: Iterable[BonusKpi], teams: Iterable[BonusTeam]) -> list[str]:
    """All that keeps the round from being opened, a sentence each; no query."""
    paid, said = list(paid), []
    weights = sum(one.weight for one in paid)
    if weights != ALL:
        said.append(_("The weights make %(weights)s %%, not 100 %%.") % {"weights": weights})
    said += [
        _("%(kpi)s must not be paid for.") % {"kpi": one.kpi.code}
        for one in paid
        if not (one.kpi.counts_in_pay and one.kpi.is_active)
    ]
    if row.last_month >= month_of(today()):
        said.append(_("Its last month is not over."))
    if not list(teams):
        said.append(_("No team is in it."))
    return said


@transaction.atomic
def open_round(row: BonusRound, *, by: Person, seen_version: int) -> BonusRound:
    """Read the facts for the first time, and ask the teams' leads for their proposals.

    Refused with all that is missing said together. The rules are fixed from here on.
    """
    row = locked_draft(row, seen_version=seen_version)
    if said := missing(row, row.kpis.select_related("kpi"), row.teams.all()):
        raise Refused(" ".join(said))
    row = begin(row, on=today(), read_on=today())
    ledger.record(
        kind="bonus round opened",
        subject=f"bonus:{row.pk}",
        body={"name": row.name, "teams": sorted(_codes(row))},
        by=by,
    )
    for team in row.teams.filter(entitlement__gt=0).select_related("team"):
        ask_for_proposal(team)
    return row


def begin(row: BonusRound, *, on: date, read_on: date) -> BonusRound:
    """Open the round and keep what comes out of its facts."""
    row.state, row.opened_on, row.read_on = RoundState.OPEN, on, read_on
    bonus_results.find(row)
    bonus_results.keep(row)
    kept = ("state", "opened_on", "read_on", "released", "coefficient", "left_over")
    return saved(row, *kept)


def ask_for_proposal(team: BonusTeam) -> None:
    tell(
        bonus_people.leads(team),
        news=f"bonus:{team.pk}:propose",
        text=_("%(round)s: propose what each member of %(team)s contributed.")
        % {"round": team.round.name, "team": team.team.name},
        link=team.get_absolute_url(),
        why=_("You lead this team."),
        needs_action=True,
    )


def _codes(row: BonusRound):
    return row.teams.values_list("team__code", flat=True)


@transaction.atomic
def read_again(row: BonusRound, *, by: Person, seen_version: int) -> BonusRound:
    """Read figures and findings as they stand today; signatures under other figures lapse."""
    row = locked_open(row, seen_version=seen_version)
    row.read_on = today()
    bonus_results.find(row)
    bonus_results.keep(row)
    return saved(row, "read_on", "released", "coefficient", "left_over")


@transaction.atomic
def take_back(row: BonusRound, *, reason: str, by: Person, seen_version: int) -> BonusRound:
    """Make an open round a draft again, because its rules or teams were wrong; in the ledger."""
    row = locked_open(row, seen_version=seen_version)
    if not reason.strip():
        raise Refused(_("Say why the round is taken back."))
    BonusMember.objects.filter(team__round=row).update(share=None)
    row.state, row.opened_on = RoundState.DRAFT, None
    row.read_on = row.released = row.coefficient = row.left_over = None
    ledger.record(
        kind="bonus round taken back",
        subject=f"bonus:{row.pk}",
        body={"name": row.name, "reason": reason.strip()},
        by=by,
    )
    return saved(row, "state", "opened_on", "read_on", "released", "coefficient", "left_over")


def appeals_end(day: date, days: int) -> date:
    return day + timedelta(days=days)
