"""What was done to a plan last, what can be undone, and what can be done again."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ipd.models import Plan, PlanEdit


@dataclass(frozen=True)
class Last:
    """The newest edit, and those that undoing and doing again would take back."""

    edit: PlanEdit | None
    undo: PlanEdit | None
    redo: PlanEdit | None


def to_undo(plan: Plan) -> QuerySet[PlanEdit]:
    """The edit that undoing takes back, if any; one without rows, a loaded file, cannot be."""
    return plan.edits.filter(is_undo=False, undone_by=None).order_by("-number")[:1]


def to_redo(plan: Plan) -> QuerySet[PlanEdit]:
    """The undoing that doing again takes back: none once something else was edited."""
    edits = plan.edits.order_by("-number")
    others = edits.filter(undoes=None).values("number")[:1]
    return edits.filter(is_undo=True, undone_by=None, number__gt=others)[:1]


def last(plan: Plan) -> Last:
    """All three in one query: the newest edit is always one of the other two."""
    undo, redo = to_undo(plan).values("pk"), to_redo(plan).values("pk")
    found = list(
        PlanEdit.objects.filter(Q(pk__in=undo) | Q(pk__in=redo))
        .annotate(has_rows=~Q(after=[]))
        .select_related("by")
        .only("number", "what", "at", "is_undo", "plan", "by__name")
        .order_by("-number")
    )
    return Last(
        edit=found[0] if found else None,
        undo=next((edit for edit in found if edit.has_rows and not edit.is_undo), None),
        redo=next((edit for edit in found if edit.is_undo), None),
    )
