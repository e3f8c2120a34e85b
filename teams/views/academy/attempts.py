"""An attempt: answered as long as one likes, kept meanwhile, handed in once, then explained."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ipd.kernel.forms.seen import OnceForm
from ipd.kernel.htmx import wants_part
from ipd.kernel.once import once
from teams.actions.academy import attempts as actions
from teams.forms.academy import answers as forms
from teams.models import Attempt
from teams.permissions.academy import acts_in_academy
from teams.queries.academy import attempts
from teams.queries.academy.attempts import Line
from teams.queries.academy.reading import titles
from teams.queries.academy.sittings import element_of

PAGE = "teams/academy/assessments/attempt.html"


def _own(request, pk) -> Attempt:
    """An attempt is there for its person alone."""
    rows = Attempt.objects.select_related("module", "test", "enrolment")
    return get_object_or_404(rows, pk=pk, person=request.user)


@dataclass
class Given:
    """What a form says: answers by the number of their line, and what could not be read."""

    answers: dict[int, object] = field(default_factory=dict)
    problems: dict[int, str] = field(default_factory=dict)

    @classmethod
    def read(cls, data: QueryDict, lines: list[Line]):
        given = cls()
        for line in lines:
            try:
                given.answers[line.number] = forms.read(data, line.name, line.question, line.order)
            except ValidationError as error:
                given.problems[line.number] = error.message
        return given

    def blank(self) -> list[int]:
        return [number for number, answer in self.answers.items() if answer is None]


def _about(attempt: Attempt) -> dict:
    """What an attempt's pages are headed with: its module or, for a test, what asks for it."""
    if attempt.module:
        text = next(iter(titles([attempt.module.code])), None)
        heading = text.title if text else attempt.module.code
        return {"attempt": attempt, "module": attempt.module, "heading": heading}
    element = element_of(attempt.test)
    return {"attempt": attempt, "element": element, "heading": element.title}


@require_safe
@never_cache
def page(request, pk):
    """The questions, with what was answered; the result, once it was handed in."""
    attempt = _own(request, pk)
    if not attempt.is_open:
        return redirect("teams:attempt-result", pk=pk)
    return _page(request, attempt, attempts.questions(attempt))


def _page(request, attempt, lines, given: Given | None = None):
    kept = {line.number: line.answer for line in lines}
    shown = kept | given.answers if given else kept
    asked = attempts.asked_in(lines, shown)
    problems = given.problems if given else {}
    context = {
        **_about(attempt),
        "acts": acts_in_academy(request.user),
        "once": OnceForm(),
        "rows": [(one, problems.get(one.number, "")) for one in asked],
        "answered": sum(answer is not None for answer in shown.values()),
        "blank": given.blank() if given else [],
        "is_refused": given is not None,
    }
    return render(request, PAGE, context, status=422 if given else 200)


@require_POST
def answers(request, pk):
    """Keep what was answered up to now; as often as one likes."""
    attempt = _own(request, pk)
    lines = attempts.questions(attempt)
    given = Given.read(request.POST, lines)
    attempt = actions.keep(attempt, given.answers)
    if not wants_part(request):
        messages.success(request, _("Kept. You can go on at any time."))
        back = _about(attempt).get("element")
        return redirect("teams:test", back.pk) if back else redirect("teams:module-list")
    context = {
        "attempt": attempt,
        "answered": sum(line.get("answer") is not None for line in attempt.sheet),
        "kept_at": timezone.now(),
        "problems": sorted(given.problems.items()),
    }
    return render(request, "teams/academy/assessments/kept.html", context)


@require_POST
@once
def submission(request, pk):
    """Hand in; where something is open or cannot be read, the form comes back and says so."""
    attempt = _own(request, pk)
    lines = attempts.questions(attempt)
    given = Given.read(request.POST, lines)
    meant = "incomplete" in request.POST
    if attempt.is_open and (given.problems or (given.blank() and not meant)):
        return _page(request, attempt, lines, given)
    actions.submit(attempt, given.answers, may_be_incomplete=meant)
    return redirect("teams:attempt-result", pk=pk)


@require_safe
@never_cache
def result(request, pk):
    """What came of it, with the right answers and why; before submission the questions."""
    attempt = _own(request, pk)
    if attempt.is_open:
        return redirect(attempt)
    context = {
        **_about(attempt),
        "acts": acts_in_academy(request.user),
        "items": attempts.corrected_in(attempts.questions(attempt)),
        "needed": attempts.needed(attempt.asked, attempt.cut_percent or 0),
        "next_at": attempts.next_after(attempt),
    }
    return render(request, "teams/academy/assessments/result.html", context)
