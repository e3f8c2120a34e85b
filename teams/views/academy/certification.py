"""Certification: mine, the register of certificates, and what a certificate says."""

from pathlib import Path

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ipd.kernel.access import require
from ipd.kernel.once import once
from teams.actions.academy import certificates
from teams.forms.academy.certification import STATES, RegisterFilter, RenewForm, RevokeForm
from teams.models import Certificate
from teams.models.academy.enrolments import EnrolmentState
from teams.permissions.academy import ASSESS, RUN, acts_in_academy
from teams.permissions.certification import visible_interviews
from teams.queries import papers
from teams.queries.academy import certification, enrolments, interviews, recertification
from teams.queries.academy.readiness import readiness

ROOT = Path(__file__).parents[3]
SHEET = ROOT / "templates/teams/academy/certification/certificate.typ"
MOST = 50


@require_safe
def index(request):
    """Mine, the interviews that are one's affair, and everybody's certificates."""
    acts = acts_in_academy(request.user)
    form = RegisterFilter(request.GET, state=STATES)
    wanted = form.wanted()
    own = enrolments.mine(request.user).own
    enrolment = next((row for row in own if row.state == EnrolmentState.ACTIVE), None)
    asked = RUN in acts or ASSESS in acts
    seen = visible_interviews(request.user, acts)
    context = {
        "acts": acts,
        "own": certification.of(request.user),
        "enrolment": enrolment,
        "ready": readiness(enrolment) if enrolment else None,
        "interviews": list(interviews.listed(seen).order_by("-planned_on", "-pk")[:MOST]),
        "asked": asked,
        "waiting": list(interviews.to_be_interviewed()[:MOST]) if RUN in acts else [],
        "filter": form,
        "page": certification.register(
            text=wanted.get("q", ""),
            state=wanted.get("state", ""),
            after=request.GET.get("after", ""),
        ),
        "later": request.GET.get("after", ""),
    }
    return render(request, "teams/academy/certification/list.html", context)


def _entry(pk: int) -> Certificate:
    rows = certification.detailed(Certificate.objects.all())
    return get_object_or_404(rows.select_related("renews", "renewed_by", "revoked_by"), pk=pk)


@require_safe
def page(request, pk):
    """Everybody reads that it is there; its holder and the academy, what it rests on."""
    return _shown(request, _entry(pk), acts_in_academy(request.user))


def _shown(request, row: Certificate, acts, **bound):
    runs = RUN in acts and row.person_id != request.user.pk
    inside = runs or row.person_id == request.user.pk
    renewable = inside and row.state == certification.VALID
    found = recertification.proofs(row) if renewable else []
    context = {
        "acts": acts,
        "certificate": row,
        "title": certification.title_of(row.path),
        "inside": inside,
        "proofs": found,
        "renew": RenewForm() if runs and found and all(one.is_there for one in found) else None,
        "revoke": bound.get("revoke")
        or (RevokeForm() if runs and row.state == certification.VALID else None),
        "practice": interviews.practice_of(row.person)[:MOST] if inside else [],
    }
    status = 422 if bound else 200
    return render(request, "teams/academy/certification/detail.html", context, status=status)


@require_safe
def file(request, pk):
    """The certificate as a PDF of one sheet."""
    row = _entry(pk)
    said = {
        "title": _("Certificate"),
        "name": row.person.name,
        "path": certification.title_of(row.path),
        "code": row.path,
        "sentence": _("is certified as") if row.is_valid else _("was certified as"),
        "facts": [
            [_("Number"), row.number],
            [_("Issued"), row.issued_on],
            [_("Valid until"), row.valid_until],
            [_("Basis"), row.get_basis_display()],
        ],
        "state": "" if row.is_valid else dict(STATES)[row.state],
        "note": _("As it stands in Gatehouse; the register says whether it holds today."),
        "link": request.build_absolute_uri(row.get_absolute_url()),
    }
    answer = HttpResponse(papers.filled(SHEET, said), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{row.number}.pdf"'
    return answer


@require_POST
@once
def revocation(request, pk):
    row, acts = _entry(pk), acts_in_academy(request.user)
    require(RUN in acts and row.person_id != request.user.pk)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        return _shown(request, row, acts, revoke=form)
    certificates.revoke(row, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("Revoked; its holder has been told."))
    return redirect(row)


@require_POST
@once
def renewal(request, pk):
    row = _entry(pk)
    require(RUN in acts_in_academy(request.user))
    new = certificates.renew(row, by=request.user)
    messages.success(request, _("Renewed until %(day)s.") % {"day": new.valid_until})
    return redirect(new)
