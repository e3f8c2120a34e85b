"""Refusals, rights and the one place where they become an answer.

Three questions, three answers: what one may not *see* is 404 (the queryset finds
nothing), what one may not *do* is 403 (`require`), what is not possible *now* is 409
(`Refused`, said as a sentence by the action).
"""

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_htmx.http import reselect, reswap, retarget


class Refused(Exception):
    """The action is not possible now; its message is a sentence for the person who asked."""


class Stale(Refused):
    """What the person saw has moved on; nothing was written and the typed text is shown again."""


def require(allowed: bool) -> None:
    """Raise PermissionDenied (403) unless `allowed`."""
    if not allowed:
        raise PermissionDenied


class AnswerMiddleware:
    """Turns refusals into a 409 page or notice, and a database that is away into a 503.

    Where only forms are sent a reader finds a page that says so, and no empty window.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET":
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_view(self, request, view, args, kwargs):
        """Nothing stands at an address with a NUL, which no row can hold."""
        if "\0" in request.path:
            raise Http404

    def process_exception(self, request, exception):
        if isinstance(exception, Refused):
            return refused(request, exception)
        if isinstance(exception, (OperationalError, InterfaceError)):
            response = render(request, "503.html", status=503)
            response["Retry-After"] = "5"
            return response
        return None


def refused(request, exception):
    """The 409 answer; what was typed is shown again, so that no text is lost."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in {"csrfmiddlewaretoken", "key", "version", "password"} and len(value) > 20
    ]
    context = {"reason": str(exception), "typed": typed, "stale": isinstance(exception, Stale)}
    context["title"] = _("This moved on") if context["stale"] else _("Not possible now")
    htmx = bool(getattr(request, "htmx", False))
    name = "refused.html#notice" if htmx else "refused.html"
    response = render(request, name, context, status=409)
    if htmx:  # whatever the form itself would have selected and replaced
        reselect(reswap(retarget(response, "#notices"), "afterbegin"), "[data-refused]")
    return response
