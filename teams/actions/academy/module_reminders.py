"""Reminding of modules that nobody has reviewed for long: a month before, and on the day."""

from datetime import date

from django.utils.translation import gettext as _

from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.models import LearningModule, Person
from teams.permissions.academy import editors
from teams.queries.academy.content_health import SOON


def remind(day: date | None = None) -> int:
    """Tell each module's owner, or who edits the curriculum where there is none; how many modules.

    Telling the same twice changes nothing, so that a clock that stood still catches up.
    """
    day = day or today()
    told, nobody_s = 0, list(editors())
    for module in LearningModule.objects.taught().select_related("owner"):
        due = module.expires_on
        if due is None or due > day + SOON:
            continue
        told += 1
        _tell([module.owner] if module.owner else nobody_s, module, due, expired=due <= day)
    return told


def _tell(people: list[Person], module: LearningModule, due: date, *, expired: bool) -> None:
    said = {"code": module.code, "day": due.isoformat()}
    text = (
        _("Module %(code)s has expired on %(day)s. Read it, and say that it holds, or write anew.")
        if expired
        else _("Module %(code)s expires on %(day)s unless somebody reviews it.")
    )
    tell(
        people,
        news=f"module:{module.pk}:{due}:{'expired' if expired else 'soon'}",
        text=text % said,
        link=f"/academy/modules/{module.code}/texts/",
        why=_("You answer for this module.") if module.owner else _("You edit the curriculum."),
        needs_action=expired,
    )
