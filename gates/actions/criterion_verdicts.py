"""The owner of a criterion keeps it, merges it into another, or lets it end."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from gates.models import CriterionDefinition, CriterionVerdict, GateDefinition
from gates.models.criterion_yield import Judgement
from gates.queries import criterion_yields
from gates.queries.criterion_verdicts import standing
from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions import ledger
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.models import Function, Person

SHORTEST_REASON = 20  # characters
OPEN_TO = (None, Judgement.KEEP)


@transaction.atomic
def judge(
    criterion: CriterionDefinition,
    *,
    judgement: str,
    into: str = "",
    reason: str,
    by: Person,
    seen: int,
) -> CriterionVerdict:
    """Decide on a criterion for all new reviews; reviews that are booked keep what they ask.

    seen  the number of the verdict that the form was drawn from, 0 without any

    One that is merged is not asked any more, since another of its gate covers it. One that is
    sunset is asked for twelve more months as advice, which never blocks, and counts on; whoever
    sees it hit may keep it after all. Nothing ends by itself because of a count.

    Raises Refused without a reason, or when it would be merged into one that goes out itself;
    Stale when somebody decided on it meanwhile.
    """
    gate = (
        GateDefinition.objects.select_for_update(of=("self",), no_key=True)
        .select_related("chain__process")
        .get(pk=criterion.gate_id)
    )
    process = gate.chain.process
    verdicts = standing(process.code)
    last = verdicts.get((gate.code, criterion.code))
    if seen != (last.pk if last else 0):
        raise Stale(_("Somebody decided on this criterion meanwhile; please look again."))
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(_("Say why, in at least %d characters.") % SHORTEST_REASON)
    if judgement == Judgement.MERGE:
        _refuse_merging(criterion, into, verdicts)
    if judgement != Judgement.KEEP:
        _refuse_uncovering(criterion, verdicts)
    counted, day = criterion_yields.of(criterion), today()
    verdict = CriterionVerdict.objects.create(
        process=process.code,
        gate=gate.code,
        code=criterion.code,
        judgement=judgement,
        into=into if judgement == Judgement.MERGE else "",
        reason=reason.strip(),
        assessed=counted.assessed,
        hits=counted.hits,
        shadow_until=a_year_after(day) if judgement == Judgement.SUNSET else None,
        by=by,
        on=day,
    )
    ledger.record(
        kind="criterion",
        subject=f"criterion:{process.code}:{gate.code}:{criterion.code}",
        body={
            "judgement": judgement,
            "into": verdict.into,
            "reason": verdict.reason,
            "hits": verdict.hits,
            "assessed": verdict.assessed,
            "shadow_until": verdict.shadow_until,
        },
        by=by,
    )
    return verdict


def _refuse_merging(criterion: CriterionDefinition, into: str, verdicts: dict) -> None:
    others = criterion.gate.criteria.exclude(pk=criterion.pk).filter(code=into)
    if not others.exists():
        raise Refused(_("Name another criterion of the same gate that covers it."))
    target = verdicts.get((criterion.gate.code, into))
    if target is not None and target.judgement not in OPEN_TO:
        raise Refused(_("%(code)s goes out itself.") % {"code": into})


def _refuse_uncovering(criterion: CriterionDefinition, verdicts: dict) -> None:
    covered = [
        code
        for (gate, code), verdict in verdicts.items()
        if gate == criterion.gate.code and verdict.into == criterion.code
    ]
    if covered:
        raise Refused(
            _("It covers %(codes)s, which were merged into it.") % {"codes": ", ".join(covered)}
        )


def ask_owners() -> int:
    """Tell the owner of each criterion that never changed a decision, once; how many there are."""
    version = criterion_yields.current()
    groups = criterion_yields.by_gate(version) if version else []
    asked = [row for group in groups for row in group.rows if row.is_candidate]
    heads = {function.code: function.head for function in Function.objects.select_related("head")}
    for row in asked:
        one = row.criterion
        said = {"code": one.code, "n": row.assessed, "text": one.text}
        tell(
            [heads.get(one.function)],
            news=f"criterion:{version.code}:{one.gate.code}:{one.code}",
            text=_("Keep, merge or sunset? %(code)s changed none of %(n)s decisions: %(text)s")
            % said,
            link=reverse("gates:health-criterion", args=[one.pk]),
            why=_("You head the function that owns this criterion."),
        )
    return len(asked)


def a_year_after(day: date) -> date:
    """The same day a year on; the end of February where there is none.

    >>> a_year_after(date(2028, 2, 29)), a_year_after(date(2026, 11, 22))
    (datetime.date(2029, 2, 28), datetime.date(2027, 11, 22))
    """
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
