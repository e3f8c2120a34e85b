"""What a reader leaves behind in a module: their place, and that they have read it."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from teams.actions.academy import progress
from teams.models import ModuleText, Person, ReadingPlace
from teams.models.academy.enrolments import ResultState
from teams.models.academy.paths import ElementKind


@transaction.atomic
def reach(
    core: ModuleText, *, section: str, by: Person, seen_version: str, language: str
) -> ReadingPlace:
    """The reader came to the end of a section. Only ever adds; the first place counts as begun."""
    place, is_new = _place(core, by, seen_version)
    place.reached = sorted({*place.reached, section})
    place.section, place.language = section, language
    place.save(update_fields=["reached", "section", "language", "moved_at"])
    if is_new:
        _report(core, by, ResultState.STARTED)
    return place


@transaction.atomic
def finish(
    core: ModuleText,
    *,
    last: str,
    missing: Collection[str],
    titles: Sequence[str],
    by: Person,
    seen_version: str,
    language: str,
) -> ReadingPlace:
    """ "I have read this", said at the end of the last section; refused while others are left.

    missing  slugs of the other sections that have to be reached; titles, in their order, say which
    """
    place, _is_new = _place(core, by, seen_version)
    left = [title for slug, title in zip(missing, titles, strict=True) if slug not in place.reached]
    if left:
        raise Refused(
            _("You have not come to the end of these sections yet: %(titles)s.")
            % {"titles": ", ".join(left)}
        )
    place.reached = sorted({*place.reached, last})
    place.section, place.language = last, language
    place.read_at = place.read_at or timezone.now()
    place.save(update_fields=["reached", "section", "language", "read_at", "moved_at"])
    _report(core, by, ResultState.DONE)
    return place


def _place(core: ModuleText, by: Person, seen_version: str) -> tuple[ReadingPlace, bool]:
    if seen_version != core.version:
        raise Stale(_("A new version of this module is in force. Please open it again."))
    place, is_new = ReadingPlace.objects.get_or_create(
        person=by, module_id=core.module_id, version=core.version
    )
    return ReadingPlace.objects.select_for_update(no_key=True).get(pk=place.pk), is_new


def _report(core: ModuleText, by: Person, state: ResultState) -> None:
    progress.report_part(by, ElementKind.MODULE, core.module.code, state=state)
