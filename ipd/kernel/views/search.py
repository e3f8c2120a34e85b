"""Search: a list under the palette's input, or a page of its own."""

from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from ipd.kernel.htmx import wants_part
from ipd.kernel.search import LONGEST_TEXT, search


@require_safe
def page(request):
    """What the person may see and the text finds."""
    text = request.GET.get("q", "").replace("\0", "")[:LONGEST_TEXT].strip()
    context = {"q": text, "hits": search(request.user, text)}
    part = "components/palette_results.html" if text else "kernel/search.html#nothing"
    response = render(request, part if wants_part(request) else "kernel/search.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
