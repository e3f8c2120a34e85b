"""One address, two bodies: the whole page, or the part that htmx swaps into it."""

from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def wants_part(request) -> bool:
    """True when the answer is swapped into a page that is already there."""
    htmx = request.htmx
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_part(request, template, part, context):
    """Render `template`, or its partial `part` alone when htmx swaps it into the page.

    A form with errors in the context answers 422, which base.html tells htmx to swap.
    """
    form = context.get("form")
    status = 422 if form is not None and form.errors else 200
    name = f"{template}#{part}" if wants_part(request) else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
