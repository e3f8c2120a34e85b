"""The process, to be read: phases, gates, criteria, outcomes, calendar and rights."""

from django.http import Http404
from django.shortcuts import render

from gates.queries.process import process as process_of
from ipd.models import ProcessVersion


def process(request):
    versions = list(ProcessVersion.objects.defer("source").order_by("-is_current", "code", "-pk"))
    asked = request.GET.get("version")
    chosen = next((row for row in versions if str(row.pk) == asked), None)
    if chosen is None:
        if asked:
            raise Http404
        chosen = versions[0] if versions else None
    context = {"versions": versions, "process": process_of(chosen) if chosen else None}
    return render(request, "gates/process/process.html", context)
