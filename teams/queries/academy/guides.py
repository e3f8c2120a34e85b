"""Guides of the curriculum, drawn for reading."""

from django.utils.safestring import SafeString

from teams.models import Content
from teams.models.academy.contents import ContentKind
from teams.queries.academy.markdown import prose


def guide(code: str) -> SafeString | None:
    """The guide in force, without its title; None where the curriculum has none."""
    found = Content.objects.filter(kind=ContentKind.GUIDE, code=code, is_current=True).first()
    if found is None:
        return None
    head, _line, rest = found.body["text"].partition("\n")
    return prose(rest if head.startswith("# ") else found.body["text"])
