"""The files of a curriculum: where each lies, what it is, and what stands in it."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

LONGEST_PATH, LARGEST = 120, 1e12
NAME = r"[a-z0-9][a-z0-9-]*"
PLACES = {
    "competencies": r"competencies\.toml",
    "module": rf"modules/\d\d-{NAME}\.md",
    "items": rf"items/\d\d-{NAME}\.toml",
    "variant": rf"variants/(?P<language>[a-z]{{2,3}}(-[A-Za-z0-9]{{2,4}})*)/\d\d-{NAME}\.md",
    "tests": r"tests\.toml",
    "path": rf"paths/{NAME}\.toml",
    "checklists": r"checklists\.toml",
    "scenario": rf"scenarios/{NAME}\.toml",
    "reflections": r"prompts/reflections\.toml",
    "peer-review": r"prompts/peer-review\.toml",
    "guide": rf"guides/{NAME}\.md",
}
NOT_CONTENT = {"README.md", "FORMATS.md"}
CODED = {"items": "module", "scenario": "slug"}  # by which key; all others by `code`
FOLDERS = ("modules", "items", "variants", "paths", "scenarios", "prompts", "guides")
FENCE = re.compile(r"(?m)^\ufeff?\+\+\+[ \t]*\r?$")
HEADING = re.compile(r"(?m)^# +(.+?)\s*$")


class Unreadable(Exception):
    """The file is not what its place says; the message says where it breaks off."""


@dataclass(frozen=True)
class Paper:
    """One file that was read: `data` is its TOML, and `body` what follows the front matter."""

    path: str
    kind: str
    source: str
    data: Mapping[str, Any] = field(default_factory=dict)
    body: str = ""

    @property
    def order(self) -> int:
        """The two digits before a file's name; 0 without."""
        digits = self.name[:2]
        return int(digits) if digits.isdigit() else 0

    @property
    def key(self) -> str:
        """Under which key its code stands."""
        return CODED.get(self.kind, "code")

    @property
    def identity(self) -> tuple[str, ...]:
        """What makes it the same file under another name: kind and code, where it has one."""
        code = self.data.get(self.key)
        language = self.data.get("language", "") if self.kind == "variant" else ""
        return (self.kind, str(code), str(language)) if code else (self.path,)

    @property
    def is_retired(self) -> bool:
        """Whether the module says that it is taught no more."""
        return self.data.get("retired") is True

    def tables(self, key: str) -> list[Mapping[str, Any]]:
        """The tables of the list under a key, however broken the rest of it is."""
        said = self.data.get(key)
        return [one for one in said if isinstance(one, Mapping)] if isinstance(said, list) else []

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).stem

    @property
    def title(self) -> str:
        """What a reader calls it: its title, a guide's first heading, or the name of the file."""
        if self.kind == "guide" and (found := HEADING.search(plain(self.source))):
            return found[1]
        return str(self.data.get("title") or self.data.get("module") or self.name)


def plain(source: str) -> str:
    """The text without the mark and the ends of lines that some editors write.

    >>> plain("\ufeff# Guide\\r\\nRead on.")
    '# Guide\\nRead on.'
    """
    return source.removeprefix("\ufeff").replace("\r\n", "\n")


def is_content(name: str) -> bool:
    """Whether a file of a folder is of the curriculum: not hidden, and not about it.

    >>> is_content("modules/01-ipd.md"), is_content("README.md"), is_content("__MACOSX/01-ipd.md")
    (True, False, False)
    """
    path = PurePosixPath(name)
    hidden = any(part.startswith((".", "__")) for part in path.parts)
    return not hidden and path.name not in NOT_CONTENT


def kind_of(path: str) -> str | None:
    """What a file in this place holds; None where none is expected.

    >>> kind_of("modules/01-ipd.md"), kind_of("variants/fr-CA/01-ipd.md"), kind_of("README.md")
    ('module', 'variant', None)
    """
    kinds = (kind for kind, place in PLACES.items() if re.fullmatch(place, path))
    return next(kinds, None)


def read(path: str, source: str) -> Paper:
    """The file as plain values; `Unreadable` where its TOML or its front matter is broken."""
    kind = kind_of(path)
    if kind is None or len(path) > LONGEST_PATH:
        raise Unreadable("place")
    if "\0" in source:
        raise Unreadable("\\0")
    if kind == "guide":
        return Paper(path, kind, source)
    text, body = plain(source), ""
    if kind in ("module", "variant"):
        text, body = split(source)
    try:
        data = tomllib.loads(text)
        odd = next(_odd(data), None)
    except RecursionError as error:
        raise Unreadable("depth") from error
    except ValueError as error:  # broken TOML, or a number of thousands of digits
        raise Unreadable(str(error)) from error
    if odd is not None:
        raise Unreadable(odd)
    return Paper(path, kind, source, data, body)


def _odd(value: Any) -> Iterator[str]:
    """Values that are no text, number, truth, list or table of such.

    >>> list(_odd({"a": [1.5, "x", float("inf")]}))
    ['inf']
    """
    match value:
        case dict():
            for one in value.values():
                yield from _odd(one)
        case list():
            for one in value:
                yield from _odd(one)
        case str():
            if "\0" in value:
                yield "\\0"
        case int() | float():
            if not -LARGEST <= value <= LARGEST:
                yield str(value)[:20]
        case _:
            yield str(value)


def split(source: str) -> tuple[str, str]:
    """Front matter and body of a Markdown file.

    >>> split('+++\\ncode = "M01"\\n+++\\n\\n## Why\\n')
    ('\\ncode = "M01"', '\\n\\n## Why\\n')
    """
    parts = FENCE.split(plain(source), maxsplit=2)
    if len(parts) != 3 or parts[0].strip():
        raise Unreadable("front")
    return parts[1].rstrip("\n"), parts[2]


def place(name: str, source: str) -> str:
    """Where a file belongs that came under this name, perhaps out of a folder of its own.

    A single file says by what stands in it what it is; a text with neither front matter nor a
    title is a module that lacks its own, and is refused as such.

    >>> place("our-curriculum/modules/01-ipd.md", "")
    'modules/01-ipd.md'
    >>> place("03-needs.toml", 'module = "M03"\\n[[items]]')
    'items/03-needs.toml'
    >>> place("board.md", "# Guide"), place("01-ipd.md", "## Why")
    ('guides/board.md', 'modules/01-ipd.md')
    """
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    for at, part in enumerate(parts):
        if part in FOLDERS and at < len(parts) - 1:
            return "/".join(parts[at:])
    alone = parts[-1] if parts else name
    if kind_of(alone):
        return alone
    return _place_alone(alone, plain(source))


def _place_alone(name: str, source: str) -> str:
    if name.endswith(".md"):
        if source.lstrip().startswith("# "):
            return f"guides/{name}"
        if not FENCE.match(source):
            return f"modules/{name}"
        language = re.search(r'(?m)^language\s*=\s*"([^"]+)"', source)
        if "base_version" in source.split("+++", 2)[1] and language:
            return f"variants/{language[1]}/{name}"
        return f"modules/{name}"
    if name in ("reflections.toml", "peer-review.toml"):
        return f"prompts/{name}"
    for mark, folder in [
        (r"^module\s*=", "items"),
        (r"^\[\[stages\]\]", "paths"),
        (r"^\[\[injects\]\]", "scenarios"),
    ]:
        if re.search(f"(?m){mark}", source):
            return f"{folder}/{name}"
    return name


def by_kind(papers: Iterable[Paper], kind: str) -> list[Paper]:
    return [paper for paper in papers if paper.kind == kind]
