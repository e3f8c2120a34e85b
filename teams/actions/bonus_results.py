"""Reading a round's facts and keeping what comes out, as one."""

from collections.abc import Iterable

from teams import findings
from teams.models import BonusFigure, BonusFinding, BonusMember, BonusRound, BonusTeam
from teams.queries import bonus_results
from teams.queries.bonus_results import Result, TeamResult, kept
from teams.subjects import subjects

OF_A_TEAM = ["score", "measured", "headcount", "multiplier", "factor", "base", "entitlement"]


def find(row: BonusRound) -> None:
    """Bring what was found about the teams up to date; what was cleared stays, with its reason."""
    teams = {team.team_id: team for team in row.teams.all()}
    of = {s.measured: teams[s.team] for s in subjects().of(teams).values()}
    facts = findings.found(of, row.read_on)
    wanted = {
        (of[one].pk, fact.key): BonusFinding(
            team=of[one], kind=fact.kind, key=fact.key, text=fact.text[:400], link=fact.link
        )
        for one, found in facts.items()
        for fact in found
    }
    known = BonusFinding.objects.filter(team__round=row).exclude(key="")
    gone, again = [], []
    for old in known:
        new = wanted.pop((old.team_id, old.key), None)
        if new is None:
            gone += [] if old.cleared else [old.pk]
        elif (old.text, old.link) != (new.text, new.link):
            old.text, old.link = new.text, new.link
            again.append(old)
    BonusFinding.objects.filter(pk__in=gone).delete()
    BonusFinding.objects.bulk_update(again, ["text", "link"])
    BonusFinding.objects.bulk_create(wanted.values())


def keep(row: BonusRound) -> Result:
    """Compute the round from its facts and write what came out; the caller holds its row."""
    result = bonus_results.compute(row)
    BonusFigure.objects.filter(team__round=row).delete()
    BonusFigure.objects.bulk_create(
        figure for found in result.teams.values() for figure in _figures(found)
    )
    for found in result.teams.values():
        _of_team(found)
    BonusTeam.objects.bulk_update([found.row for found in result.teams.values()], OF_A_TEAM)
    keep_shares(result.teams.values())
    row.released, row.left_over = result.released, result.reserve
    row.coefficient = round(result.coefficient, 8)
    return result


def _of_team(found: TeamResult) -> None:
    team = found.row
    team.score = kept(found.score.figure)
    team.measured = round(100 * found.score.share, 2)
    team.headcount, team.factor = found.headcount, found.factor
    team.multiplier = kept(found.multiplier)
    team.base, team.entitlement = found.base, found.entitlement


def keep_shares(found: Iterable[TeamResult]) -> None:
    """Split the pools whose contributions were proposed; of others nothing is promised."""
    members = []
    for one in found:
        split = bonus_results.shares(one.entitlement, one.members)
        for member in one.members:
            member.share = split[member.pk] if one.row.proposed_on else None
            members.append(member)
    BonusMember.objects.bulk_update(members, ["share"])


def _figures(found: TeamResult) -> list[BonusFigure]:
    rows = []
    for one in found.figures:
        reading = one.reading
        rows.append(
            BonusFigure(
                team=found.row,
                paid=one.paid,
                # A provisional reading is replaced every night: what it said is kept here.
                reading_id=reading.pk if hasattr(reading, "supersedes_id") else None,
                counts=one.counts,
                figure=kept(one.figure),
                numerator=reading.numerator if reading else None,
                denominator=reading.denominator if reading else None,
                n=reading.n if reading else 0,
                score=kept(one.score),
            )
        )
    return rows
