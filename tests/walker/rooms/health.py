"""The process itself in the walk: everybody reads; a criterion's owner, a head, decides on it."""

from types import SimpleNamespace

from gates.models import CriterionDefinition, HeldReview
from gates.models.reviews import Stage
from tests.factories.gates import ReviewFactory
from tests.walker.rows import LPDT, NOBODY, form, page

CRITERION = {"pk": "definition"}

TABLE = {
    "gates:health": page(),
    "gates:health-line": page({"code": "line_code"}, everywhere=True),
    "gates:health-costs": page(),
    "gates:health-criteria": page(),
    "gates:health-criterion": page(CRITERION, post=NOBODY, everywhere=True),
    "gates:review-recommendation": form("review", LPDT),
    "gates:review-hours": form("told_review", LPDT | {"secretary"}),
}


def objects(product, *, owner, review) -> dict[str, object]:
    definition = CriterionDefinition.objects.filter(gate__chain__process__is_current=True).first()
    told = ReviewFactory(product=product, at="CHARTER", stage=Stage.DECIDED, criteria__by=owner)
    HeldReview.objects.create(
        review=told,
        line=product.line,
        gate="CHARTER",
        kind="decision",
        held_on=told.held_on,
    )
    code = SimpleNamespace(pk=product.line.code)
    return {"definition": definition, "line_code": code, "told_review": told}
