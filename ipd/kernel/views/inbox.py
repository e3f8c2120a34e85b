"""The inbox: notices, what was read, and when the digest comes."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ipd.kernel import keyset
from ipd.kernel.forms.digest import DigestForm
from ipd.kernel.htmx import render_part
from ipd.kernel.models import Notice

PAGE = 50


@require_safe
def page(request):
    """The person's notices, newest first; `show=unread` leaves out what was read."""
    form = DigestForm(initial={"digest_hour": request.user.digest_hour})
    return render_part(request, "kernel/inbox.html", "rows", _context(request, form))


@require_POST
def digest(request):
    """Keep the hour the person chose."""
    form = DigestForm(request.POST)
    if not form.is_valid():
        return render(request, "kernel/inbox.html", _context(request, form), status=422)
    request.user.digest_hour = form.cleaned_data["digest_hour"]
    request.user.save(update_fields=["digest_hour"])
    messages.success(request, _("Saved"))
    return redirect("kernel:inbox")


@require_POST
def read_all(request):
    """Mark every notice up to the newest one that was shown as read."""
    newest = request.POST.get("newest", "")
    if newest.isdecimal():
        unread = Notice.objects.filter(person=request.user, read_at=None, pk__lte=int(newest))
        unread.update(read_at=timezone.now())
    return redirect("kernel:inbox")


@require_POST
def read(request, pk):
    """Mark one notice as read and go where it leads."""
    notice = get_object_or_404(Notice, pk=pk, person=request.user)
    if notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    leads_here = notice.link and url_has_allowed_host_and_scheme(notice.link, allowed_hosts=None)
    return redirect(notice.link if leads_here else "kernel:inbox")


def _context(request, form):
    notices = Notice.objects.filter(person=request.user)
    unread = request.GET.get("show") == "unread"
    if unread:
        notices = notices.filter(read_at=None)
    rows = keyset.falling(notices, after=request.GET.get("after", ""), size=PAGE)
    return {"digest": form, "page": rows, "unread": unread, "later": "after" in request.GET}
