"""Guides of the curriculum, drawn for reading."""

import re
from dataclasses import dataclass

from django.utils.safestring import SafeString

from teams.models import Content
from teams.models.academy.contents import ContentKind
from teams.queries.academy.markdown import prose

HEADING = re.compile(r"^## +(.+?) *$", re.MULTILINE)


@dataclass(frozen=True)
class Guide:
    """Its title, and its sections, each with its heading; the first has none."""

    title: str
    sections: list[tuple[str, SafeString]]


def guide(code: str) -> Guide | None:
    """The guide in force; None where the curriculum has no such guide."""
    found = Content.objects.filter(kind=ContentKind.GUIDE, code=code, is_current=True).first()
    if found is None:
        return None
    title, _newline, rest = found.body["text"].partition("\n")
    is_titled = title.startswith("# ")
    first, *others = HEADING.split(rest if is_titled else found.body["text"])
    pairs = zip(["", *others[::2]], [first, *others[1::2]], strict=True)
    sections = [(heading, prose(said)) for heading, said in pairs]
    return Guide(title.removeprefix("# ").strip() if is_titled else code, sections)
