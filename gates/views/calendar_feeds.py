"""Subscribing to the calendar of gates: the own address, and what is read under it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gates.actions import calendar_feeds
from gates.queries.calendar_feed import feed
from teams.models import CalendarToken


@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request):
    """Whether there is an address; a POST makes a new one, which is shown this once."""
    address = ""
    if request.method == "POST":
        token = calendar_feeds.renew(request.user)
        address = f"{settings.BASE_URL}{reverse('gates:calendar-feed', args=[token])}"
    row = CalendarToken.objects.filter(person=request.user).first()
    context = {"row": row, "address": address}
    response = render(request, "gates/calendar_subscription.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def ending(request):
    calendar_feeds.end(request.user)
    return redirect("gates:calendar-subscription")


@login_not_required
@require_safe
def read(request, token):
    """What a calendar program fetches; it knows the address and cannot sign in."""
    person = calendar_feeds.reader_of(token)
    if person is None:
        raise Http404
    response = HttpResponse(feed(person), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=900"
    response["Referrer-Policy"] = "no-referrer"
    return response
