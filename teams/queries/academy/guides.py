"""Guides of the curriculum, drawn for reading."""

import re

from django.utils.safestring import SafeString

from teams.models import Content
from teams.models.academy.contents import ContentKind
from teams.queries.academy.markdown import prose

HEADING = re.compile(r"^## +(.+?) *$", re.MULTILINE)


def guide(code: str) -> list[tuple[str, SafeString]]:
    """The sections of the guide in force, each with its heading (the first has none); nothing
    where the curriculum has no such guide. Its title is the page's affair."""
    found = Content.objects.filter(kind=ContentKind.GUIDE, code=code, is_current=True).first()
    if found is None:
        return []
    title, _newline, rest = found.body["text"].partition("\n")
    text = rest if title.startswith("# ") else found.body["text"]
    first, *others = HEADING.split(text)
    pairs = zip(["", *others[::2]], [first, *others[1::2]], strict=True)
    return [(heading, prose(said)) for heading, said in pairs]
