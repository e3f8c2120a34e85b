"""Seats: who sits where, how much of their time is promised, how well a team is covered."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from teams.models import DecisionRight, Person, PracticeRule, Seat, Team
from teams.permissions import visible_seats

FULL_TIME = 100


@dataclass(frozen=True)
class Coverage:
    """Of `seats`, those with a holder, and those with a holder and a deputy (strict)."""

    seats: int
    filled: int
    strict: int

    @property
    def strict_percent(self) -> int | None:
        """Strictly covered seats in percent; None without a seat.

        >>> Coverage(99, 98, 72).strict_percent
        73
        """
        return round(100 * self.strict / self.seats) if self.seats else None


# The acts that permissions know, in the order of a review's life.
ACTS = {
    "see_money": _("See money"),
    "book": _("Book a review"),
    "tailor": _("Tailor the process"),
    "request_unplanned": _("Ask for an unplanned gate"),
    "assess": _("Assess criteria"),
    "add_evidence": _("Add evidence"),
    "ask": _("Ask questions"),
    "answer": _("Answer questions"),
    "waive_request": _("Ask for a waiver"),
    "waive_sign": _("Sign a waiver"),
    "lock_pack": _("Lock the pack"),
    "name_deputies": _("Name deputies"),
    "mark_conflicts": _("Mark conflicts of interest"),
    "present": _("Present"),
    "run_room": _("Run the room"),
    "vote": _("Vote"),
    "reveal": _("Reveal the votes"),
    "decide": _("Decide and sign"),
    "condition_submit": _("Submit a condition"),
    "condition_verify": _("Verify a condition"),
    "condition_extend": _("Extend a condition"),
    "condition_waive": _("Waive a condition"),
    "audit": _("Audit"),
    "edit_plan": _("Change the plan"),
    "keep_baseline": _("Keep a baseline of the plan"),
    "simulate": _("Run the schedule simulation"),
    "edit_risks": _("Change the risk register"),
    "edit_requirements": _("Change requirements"),
    "approve_requirements": _("Approve requirements and their changes"),
    "analyse_requirements": _("Analyse raw requirements"),
    "distribute_requirements": _("Distribute requirements to products"),
    "edit_budget": _("Plan the budget"),
    "commit_money": _("Commit money within the own limit"),
    "move_money": _("Move money between products"),
    "close_month": _("Close a month's books"),
    "edit_case": _("Change the business case"),
    "edit_supply": _("Change parts, sources and supply plans"),
    "request_change": _("Request a plan change"),
    "decide_small_change": _("Decide changes within tolerances"),
    "decide_change": _("Decide changes of the contract"),
    "enter_readings": _("Enter KPI readings"),
    "approve_readings": _("Approve KPI readings"),
    "edit_kpis": _("Define KPIs, targets and weights"),
    "propose_shares": _("Propose shares of the team's bonus"),
    "manage_bonus": _("Prepare a bonus round"),
    "approve_bonus": _("Approve a bonus round"),
    "run_academy": _("Run the academy"),
    "see_effects": _("See what training changed"),
    "edit_curriculum": _("Put learning content in force"),
    "assess_practice": _("Assess practice and interview for certificates"),
}
FILLED = Q(person__isnull=False)
STRICT = FILLED & Q(deputy__isnull=False)


def coverage_of(seats: Iterable[Seat]) -> Coverage:
    """Coverage of seats that are read already."""
    seats = list(seats)
    filled = [seat for seat in seats if seat.person_id]
    return Coverage(len(seats), len(filled), sum(seat.deputy_id is not None for seat in filled))


def allocations(people: Iterable[int]) -> dict[int, int]:
    """Percent of working time promised by each person's seats of today, in all teams.

    Seats that the reader may not see count, too: being over-allocated is no secret.
    """
    rows = (
        Seat.objects.current()
        .filter(person__in=list(people))
        .order_by()
        .values_list("person")
        .annotate(total=Sum("allocation_percent"))
    )
    return dict(rows)


def of_team(team: Team) -> list[Seat]:
    """A team's seats of today in the order of roles, each with `total` of its holder's seats."""
    seats = list(
        Seat.objects.current()
        .filter(team=team)
        .select_related("role", "function", "person", "deputy")
        .order_by("role__order", "function__code", "pk")
    )
    totals = allocations(seat.person_id for seat in seats if seat.person_id)
    for seat in seats:
        seat.total = totals.get(seat.person_id, 0)
        seat.is_over = seat.total > FULL_TIME
    return seats


def of_person(person: Person, *, reader: Person) -> tuple[list[Seat], int, int]:
    """The seats the reader may see, the percent of all seats, and of those not seen."""
    seats = list(
        visible_seats(reader)
        .filter(Q(person=person) | Q(deputy=person))
        .select_related("team", "role", "function", "person", "deputy")
        .order_by("team__code", "role__order", "pk")
    )
    total = allocations([person.pk]).get(person.pk, 0)
    seen = sum(seat.allocation_percent for seat in seats if seat.person_id == person.pk)
    return seats, total, total - seen


@dataclass(frozen=True)
class RightsRow:
    """One act, and for each role of a team the chains in which it may do it; `paths` are those
    whose certificate it asks for, or a certified mentor beside.
    """

    act: str
    name: str
    cells: list[str]
    paths: list[str]


def practice_asked() -> dict[str, list[tuple[str, str]]]:
    """For each act the chain (blank: all) and the path whose certificate it asks for."""
    found: dict[str, list[tuple[str, str]]] = {}
    for act, chain, path in PracticeRule.objects.values_list("act", "chain", "path"):
        found.setdefault(act, []).append((chain, path))
    return found


def rights_matrix(roles: Iterable[int]) -> list[RightsRow]:
    """Acts by role for the given roles, in the order given."""
    roles = list(dict.fromkeys(roles))
    found: dict[str, dict[int, set[str]]] = {}
    for act, role, chain in DecisionRight.objects.filter(role__in=roles).values_list(
        "act", "role", "chain"
    ):
        found.setdefault(act, {}).setdefault(role, set()).add(chain)
    order = {act: place for place, act in enumerate(ACTS)}
    asked = practice_asked()
    return [
        RightsRow(
            act,
            ACTS.get(act, act),
            [_chains(by_role.get(role)) for role in roles],
            sorted({path for _chain, path in asked.get(act, ())}),
        )
        for act, by_role in sorted(found.items(), key=lambda item: order.get(item[0], 99))
    ]


def _chains(chains: set[str] | None) -> str:
    """The chains a right is limited to; a tick when it holds in all."""
    if chains is None:
        return ""
    return "✓" if "" in chains else ", ".join(sorted(chains))
