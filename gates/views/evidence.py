"""Evidence files: given out only to those who may see the product, and never run by a browser."""

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404

from gates.models import Evidence, Review
from ipd.kernel.attachments import given_out


def evidence(request, pk):
    reviews = Review.objects.visible_to(request.user).filter(pk=OuterRef("criterion__review"))
    row = get_object_or_404(Evidence.objects.filter(Exists(reviews)), pk=pk)
    if not row.file:
        raise Http404
    return given_out(row.file, name=row.file_name or "evidence")
