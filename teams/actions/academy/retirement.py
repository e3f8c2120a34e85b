"""A module is taken out of use, and taught again; its file says which."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from teams.actions.academy import curriculum
from teams.calculations.academy.papers import FENCE
from teams.models import CurriculumFile, LearningModule, Person
from teams.queries.academy.curriculum_files import core_file

SAID = re.compile(r"(?m)^retired[ \t]*=.*\n")


@transaction.atomic
def retire(module: LearningModule, *, by: Person) -> None:
    """The module is taught no more; who has read it keeps that.

    Refused while a path, a test, a checklist or another module asks for it.
    """
    source = _source(module, is_retired=False)
    _bring_in(module, _saying(source, is_retired=True), by)


@transaction.atomic
def teach_again(module: LearningModule, *, by: Person) -> None:
    """The module is taught again, as it was."""
    source = _source(module, is_retired=True)
    _bring_in(module, _saying(source, is_retired=False), by)


def _saying(source: str, *, is_retired: bool) -> str:
    """The file with, or without, the line among its facts."""
    first, second, *_others = FENCE.finditer(source)
    facts = SAID.sub("", source[first.end() : second.start()], count=1)
    if is_retired:
        end = "\r" if first[0].endswith("\r") else ""
        facts = f"\nretired = true{end}{facts}"
    return source[: first.end()] + facts + source[second.start() :]


def _source(module: LearningModule, *, is_retired: bool) -> str:
    """What its file says; refused when somebody was quicker."""
    curriculum.wait_for_others()
    module.refresh_from_db()
    if (module.retired_on is not None) != is_retired:
        raise Refused(_("Somebody has done so already."))
    return _file(module).source


def _file(module: LearningModule) -> CurriculumFile:
    file = core_file(module)
    if file is None:
        raise Refused(_("The module has no file: bring it in first."))
    return file


def _bring_in(module: LearningModule, source: str, by: Person) -> None:
    try:
        curriculum.bring_in({_file(module).path: source}, by=by)
    except Refused as refusal:
        told = {"code": module.code, "problems": refusal}
        text = _(
            "%(code)s stays as it is: bring in first what no longer refers to it. %(problems)s"
        )
        raise Refused(text % told) from refusal
