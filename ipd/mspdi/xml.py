"""XML out of foreign hands: no document types, no entities, no towers; and elements as lists.

An element is kept as [tag, text] or [tag, [children]], tags without their namespace: what JSON
can hold, and can be written again.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from django.utils.translation import gettext as _

NAMESPACE = "http://schemas.microsoft.com/project"
LARGEST = 25 * 1024 * 1024
DEEPEST = 40
MOST_ELEMENTS = 6_000_000
Kept = list[Any]


class Unreadable(ValueError):
    """The file cannot be read; the message says where and what, for people."""


def parse(data: bytes) -> ElementTree.Element:
    """The root element; refuses what is too large, damaged, or more than elements and text."""
    if len(data) > LARGEST:
        raise Unreadable(_("A project file has at most 25 MB."))
    if not data.strip():
        raise Unreadable(_("The file is empty."))
    builder = ElementTree.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    depth = count = 0

    def refuse(*_parts):
        raise Unreadable(_("The file declares a document type or entities, which are not read."))

    def start(name, _attributes):
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > DEEPEST or count > MOST_ELEMENTS:
            line = parser.CurrentLineNumber
            raise Unreadable(_("Line %(line)s: too many elements in each other.") % {"line": line})
        builder.start(name.rpartition("}")[2], {})

    def end(name):
        nonlocal depth
        depth -= 1
        builder.end(name.rpartition("}")[2])

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(data, True)
        root = builder.close()
    except expat.ExpatError as error:
        told = {"line": error.lineno, "what": expat.ErrorString(error.code)}
        raise Unreadable(_("Line %(line)s cannot be read as XML: %(what)s.") % told) from error
    except (LookupError, ValueError, AssertionError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(_("The file's encoding cannot be read.")) from error
    if root.tag != "Project":
        told = {"tag": root.tag[:60]}
        raise Unreadable(
            _("This is not a project file: it begins with %(tag)s, not Project.") % told
        )
    return root


def text(element: ElementTree.Element | None, tag: str, default: str = "") -> str:
    """The text of a child; the default when it is missing or blank."""
    if element is None:
        return default
    found = (element.findtext(tag) or "").strip()
    return found or default


def keep(element: ElementTree.Element) -> Kept:
    """The element as lists."""
    children = list(element)
    if children:
        return [element.tag, [keep(child) for child in children]]
    return [element.tag, element.text or ""]


def rest(
    element: ElementTree.Element, known: Iterable[str], order: list[str] | None = None
) -> list[Kept]:
    """The children that we have no column for, in the format's order."""
    names = frozenset(known)
    return in_order([keep(child) for child in element if child.tag not in names], order or [])


def in_order(children: Iterable[Kept], order: list[str]) -> list[Kept]:
    """Children in the order the format asks for; what it does not know comes last."""
    place = {tag: number for number, tag in enumerate(order)}
    return sorted(children, key=lambda child: place.get(child[0], len(order)))


def made(kept: Kept) -> ElementTree.Element:
    """The lists as an element again; characters that XML cannot hold are left out."""
    tag, inside = kept
    element = ElementTree.Element(tag)
    if isinstance(inside, list):
        element.extend(made(child) for child in inside)
    else:
        element.text = printable(str(inside))
    return element


def printable(said: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(c for c in said if c >= " " or c in "\t\n\r")


def children(element: ElementTree.Element | None, path: str) -> Iterator[ElementTree.Element]:
    """The elements at a path, none when the parent is missing."""
    return iter(()) if element is None else element.iterfind(path)
