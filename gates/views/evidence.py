"""Evidence files: given out only to those who may see the product, and never run by a browser."""

from django.db.models import Exists, OuterRef
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from gates.models import Evidence, Review

# A page of its own for the browser: no script, no form, no access to this site.
SANDBOX = "sandbox; default-src 'none'"


def evidence(request, pk):
    reviews = Review.objects.visible_to(request.user).filter(pk=OuterRef("criterion__review"))
    row = get_object_or_404(Evidence.objects.filter(Exists(reviews)), pk=pk)
    if not row.file:
        raise Http404
    try:
        file = row.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        file,
        as_attachment=True,
        filename=row.file_name or "evidence",
        content_type="application/octet-stream",
    )
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
