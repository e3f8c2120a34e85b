"""Probes for whoever runs the process: alive, and ready to answer."""

from django.db import connection
from django.db.utils import DatabaseError
from django.http import HttpResponse, JsonResponse


class HealthMiddleware:
    """Answers `/-/live` and `/-/ready` before sessions and rights come into it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path == "/-/live":
            return HttpResponse("alive", content_type="text/plain")
        if request.path == "/-/ready":
            return ready()
        if request.path == "/-/csp-report":
            return HttpResponse(status=204)
        return self.get_response(request)


def ready() -> JsonResponse:
    """200 when the database answers; the broker may be away, since it is only a doorbell."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "away"}, status=503)
    return JsonResponse({"database": "ok"})
