"""Modules as they are read, with the reader's place and exercises that are tried at once."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ipd.kernel.forms.seen import OnceForm
from ipd.kernel.htmx import wants_part
from ipd.kernel.once import once
from teams.actions.academy import reading as actions
from teams.forms.academy import answers
from teams.forms.academy.reading import LanguageForm, PlaceForm
from teams.models import Competency, LearningModule, Person, ReadingPlace
from teams.models.academy.paths import ElementKind
from teams.permissions.academy import acts_in_academy
from teams.permissions.curriculum import may_write
from teams.queries.academy import attempts, curriculum, reading
from teams.queries.academy.items import asked, feedback, order_for
from teams.queries.academy.reading import Lesson

PAGE = "teams/academy/reading/detail.html"


@require_safe
def index(request):
    """All modules that are taught, and how far the reader is with each."""
    person = request.user
    modules = curriculum.modules_in_force(get_language())
    versions = {module.pk: module.core.version for module in modules}
    places = {
        place.module_id: place
        for place in ReadingPlace.objects.filter(person=person, module__in=modules)
        if place.version == versions[place.module_id]
    }
    standings = attempts.standings(person)
    pools = attempts.asking(modules)
    done = attempts.done_on_path(person)
    rows = [
        {
            "module": module,
            "text": module.layer or module.core,
            "minutes": module.core.minutes,
            "place": places.get(module.pk),
            "reached": reading.reached(module.core, places.get(module.pk)),
            "of": len(module.core.front.get("sections", [])),
            "standing": standings.get(module.pk, attempts.NONE_YET),
            "is_asked": module.pk in pools,
            "is_read": module.code in done[ElementKind.MODULE],
            "is_passed": module.code in done[ElementKind.ASSESSMENT],
        }
        for module in modules
    ]
    groups = [
        (_("Compulsory"), [row for row in rows if row["module"].is_compulsory]),
        (_("Elective"), [row for row in rows if not row["module"].is_compulsory]),
    ]
    context = {"acts": acts_in_academy(person), "groups": [g for g in groups if g[1]]}
    return render(request, "teams/academy/reading/list.html", context)


@require_safe
def by_number(request, pk):
    """Where the search leads: the module's own address has its code."""
    return redirect(get_object_or_404(LearningModule.objects.taught(), pk=pk), permanent=False)


@dataclass(frozen=True)
class Entry:
    """A module that is taught, as this reader gets it."""

    lesson: Lesson
    place: ReadingPlace | None


def _entry(request, code: str) -> Entry:
    """404 where no such module is taught. The language asked for, the one chosen last, or the
    reader's own."""
    texts = reading.texts_of(code)
    core = reading.core_of(texts)
    if core is None:
        raise Http404
    place = reading.place_of(request.user, core)
    form = LanguageForm(request.GET if request.method == "GET" else request.POST)
    language = form.wanted() or (place.language if place else "") or get_language()
    return Entry(reading.lesson(texts, request.user, language), place)


@require_safe
def page(request, code):
    return _page(request, _entry(request, code))


def _page(request, entry: Entry, **tried):
    lesson, module = entry.lesson, entry.lesson.core.module
    front = lesson.core.front
    acts = acts_in_academy(request.user)
    context = {
        **_progress(request.user, entry),
        **tried,
        "acts": acts,
        "may_write": may_write(request.user, module, acts),
        "module": module,
        "objectives": front.get("objectives", []),
        "competencies": Competency.objects.filter(code__in=front.get("competencies", [])),
        "before": reading.titles(front.get("prerequisites", [])),
    }
    return render(request, PAGE, context)


def _progress(person: Person, entry: Entry) -> dict:
    """What moves while one reads."""
    place, lesson = entry.place, entry.lesson
    module = lesson.core.module
    return {
        "lesson": lesson,
        "place": place,
        "reached": set(place.reached) if place else set(),
        "once": OnceForm(),
        "is_asked": bool(attempts.asking([module])),
        "is_counted": module.code in attempts.done_on_path(person)[ElementKind.MODULE],
        "missing": reading.missing(lesson, place),
        "last": lesson.slugs[-1] if lesson.slugs else "",
    }


@require_POST
def place(request, code):
    """The end of a section was reached; said by the page itself, or by its button."""
    entry = _entry(request, code)
    form = PlaceForm(request.POST, lesson=entry.lesson)
    if not form.is_valid():
        raise Http404
    row = actions.reach(entry.lesson.core, by=request.user, **form.given())
    if not wants_part(request):
        return redirect(f"{reverse('teams:module', args=[code])}#end-{row.section}")
    context = _progress(request.user, Entry(entry.lesson, row)) | {
        "module": entry.lesson.core.module
    }
    return render(request, "teams/academy/reading/moved.html", context)


@require_POST
@once
def finish(request, code):
    entry = _entry(request, code)
    lesson = entry.lesson
    form = PlaceForm(request.POST, lesson=lesson)
    if not form.is_valid():
        raise Http404
    others = lesson.sections[:-1]
    given = form.given()
    actions.finish(
        lesson.core,
        last=given.pop("section"),
        missing=[section.slug for section in others],
        titles=[section.title for section in others],
        by=request.user,
        **given,
    )
    messages.success(request, _("Read. It counts on your path."))
    if attempts.asking([lesson.core.module]):
        return redirect("teams:assessment", code=code)
    return redirect("teams:module-list")


@require_POST
def exercise(request, code, key):
    """Say at once what the text says to an answer; nothing of it is kept."""
    entry = _entry(request, code)
    found = entry.lesson.exercise(key)
    if found is None:
        raise Http404
    order = order_for(request.user, found, code)
    told, problem, answer = None, "", None
    try:
        answer = answers.read(request.POST, key, found.question, order)
        if answer is None:
            problem = _("Choose or write an answer first.")
        else:
            told = feedback(found, order, answer)
    except ValidationError as error:
        problem = error.message
    told_here = {
        "tried": key,
        "told": told,
        "problem": problem,
        "again": asked(found.question, order, name=key, text=found.text, answer=answer),
    }
    if not wants_part(request):
        return _page(request, entry, **told_here)
    status = 422 if problem else 200
    return render(request, "teams/academy/reading/told.html", told_here, status=status)
