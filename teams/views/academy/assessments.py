"""Where an assessment or a test is begun: its rules, what came of it until now, when it may be."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from ipd.kernel.days import today
from ipd.kernel.forms.seen import OnceForm
from ipd.kernel.once import once
from teams.actions.academy import attempts as actions
from teams.models import Attempt, ItemPool
from teams.models.academy.paths import ElementKind
from teams.permissions.academy import acts_in_academy
from teams.queries.academy import attempts, sittings
from teams.queries.academy.reading import core_of, texts_of


def _pool(code: str) -> ItemPool:
    """The pool of a module that is taught; 404 where there is none."""
    pools = ItemPool.objects.select_related("module").defer("source")
    return get_object_or_404(pools, module__code=code, module__retired_on=None)


@require_safe
def page(request, code):
    pool = _pool(code)
    rows = attempts.of_person(request.user, pool)
    context = {
        "acts": acts_in_academy(request.user),
        "once": OnceForm(),
        "pool": pool,
        "module": pool.module,
        "core": core_of(texts_of(code)),
        "needed": attempts.needed(pool.draw, pool.cut_percent),
        "attempts": [row for row in rows if not row.is_open],
        "standing": attempts.standing_of(rows, pool),
        "is_counted": code in attempts.done_on_path(request.user)[ElementKind.ASSESSMENT],
    }
    return render(request, "teams/academy/assessments/detail.html", context)


@require_POST
@once
def start(request, code):
    return redirect(actions.start(_pool(code), by=request.user))


def _test(request, pk) -> sittings.Sitting:
    """A test of a path that the reader is on; there for nobody else."""
    sitting = sittings.of_person(request.user, pk)
    if sitting is None:
        raise Http404
    return sitting


@require_safe
def test(request, pk):
    """The page of a test before or after a path."""
    sitting = _test(request, pk)
    attempt = Attempt.objects.filter(enrolment=sitting.enrolment, test=sitting.test).first()
    opens_on = sittings.opens_on(sitting.enrolment, sitting.element)
    context = {
        "acts": acts_in_academy(request.user),
        "once": OnceForm(),
        "sitting": sitting,
        "attempt": attempt,
        "opens_on": opens_on if opens_on > today() else None,
    }
    return render(request, "teams/academy/assessments/test.html", context)


@require_POST
@once
def sit(request, pk):
    sitting = _test(request, pk)
    row = actions.sit(sitting.test, sitting.element, sitting.enrolment, by=request.user)
    return redirect(row)
