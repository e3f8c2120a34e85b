"""The way back: the last edit of a plan is undone, and done again."""

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.actions import outline, plans
from ipd.actions.plan_records import Record
from ipd.kernel.access import Refused
from ipd.models import Plan, PlanEdit
from ipd.queries import plan_edits as queries
from teams.models import Person


@transaction.atomic
def undo(plan: Plan, *, by: Person, seen_version: int | None = None) -> PlanEdit:
    """Take the last edit back; refused when there is none, or it was a loaded file."""
    plan = plans.locked(plan, seen_version=seen_version)
    edit = queries.to_undo(plan).first()
    if edit is None or not edit.after:
        raise Refused(_("There is nothing to undo."))
    return _take_back(plan, edit, by=by, what=_("Undone: %(what)s"))


@transaction.atomic
def redo(plan: Plan, *, by: Person, seen_version: int | None = None) -> PlanEdit:
    """Do again what was undone last; refused when something else was edited since."""
    plan = plans.locked(plan, seen_version=seen_version)
    edit = queries.to_redo(plan).first()
    if edit is None:
        raise Refused(_("There is nothing to do again."))
    return _take_back(plan, edit, by=by, what=_("Done again: %(what)s"))


def _take_back(plan: Plan, edit: PlanEdit, *, by: Person, what: str) -> PlanEdit:
    record = Record(plan)
    record.write(edit.before, edit.after)
    first = edit
    while first.undoes is not None:
        first = first.undoes
    plan.refresh_from_db()
    outline.number(plan)
    return plans.finish_edit(
        record, by=by, what=what % {"what": first.what}, undoes=edit, is_undo=not edit.is_undo
    )
