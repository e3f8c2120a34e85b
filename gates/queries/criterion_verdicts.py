"""What owners decided on criteria, as it stands; new reviews ask by it."""

from datetime import date

from gates.models import CriterionDefinition, CriterionVerdict
from gates.models.criterion_yield import Judgement
from gates.models.definitions import Weight

Key = tuple[str, str]


def standing(process: str) -> dict[Key, CriterionVerdict]:
    """The last verdict on each criterion of a process, by gate and code; one query."""
    rows = CriterionVerdict.objects.filter(process=process).select_related("by")
    return {
        (row.gate, row.code): row
        for row in rows.order_by("gate", "code", "-pk").distinct("gate", "code")
    }


def weight_of(
    criterion: CriterionDefinition, verdict: CriterionVerdict | None, day: date
) -> str | None:
    """How a new review asks a criterion: as it is, as advice in its shadow, or (None) not."""
    if verdict is None or verdict.judgement == Judgement.KEEP:
        return criterion.weight
    if verdict.judgement == Judgement.SUNSET and day < verdict.shadow_until:
        return Weight.ADVISORY
    return None
