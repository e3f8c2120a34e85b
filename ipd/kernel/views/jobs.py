"""Long work as its person sees it: how far it is, how to stop it, what came of it."""

from zlib import crc32

from django.http import HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.http import require_POST, require_safe

from ipd.kernel.actions import jobs
from ipd.kernel.models import Job


@require_safe
def page(request, pk):
    """One job; it can be left, and a notice is not needed to come back."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    return render(request, "kernel/jobs/detail.html", {"job": job})


@require_safe
def live(request, pk):
    """The part that moves; 304 while nothing moved."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    tag = quote_etag(f"{job.state}-{job.progress}-{crc32(job.step.encode())}-{job.cancel_asked}")
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponseNotModified()
    else:
        response = render(request, "kernel/jobs/detail.html#progress", {"job": job})
    response["ETag"] = tag
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_POST
def cancel(request, pk):
    """Ask the work to stop."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    jobs.cancel(job)
    return redirect(job)
