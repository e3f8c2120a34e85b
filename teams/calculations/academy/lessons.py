"""The text of a module in parts: sections, and in them Markdown, charts and exercises."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from teams.calculations.academy.answers import Option, Question

OPENING = re.compile(r"^:::(chart|exercise)\b(.*)$")
CLOSING = ":::"
ATTRIBUTE = re.compile(r'([a-z_]+)=(?:"([^"]*)"|(\S+))')
HEADING = re.compile(r"^## +(.+?)\s*$")
CODE = re.compile(r"^(```|~~~)")
OPTION = re.compile(r"^- \[([ xX])\] (.+)$")
STEP = re.compile(r"^\d+\. (.+)$")
SAID = re.compile(r"^> (right|wrong|if ([-+]?[\d.]+)): (.+)$")


@dataclass(frozen=True)
class Prose:
    """A stretch of Markdown."""

    text: str


@dataclass(frozen=True)
class Chart:
    """Labelled rows as they stand in the file: the first cell names its row."""

    kind: str
    title: str
    x: str
    y: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Exercise:
    """A question within the text; what is said to an answer is never shown before it.

    mistakes  (value, text): what is said when a number falls on a typical mistake
    """

    key: str
    text: str
    question: Question
    right: str = ""
    wrong: str = ""
    mistakes: tuple[tuple[str, str], ...] = ()


Block = Prose | Chart | Exercise


@dataclass(frozen=True)
class Part:
    """What stands under one heading."""

    title: str
    blocks: tuple[Block, ...] = field(default=())


def parts(body: str) -> list[Part]:
    """The body in parts, one for each `##`; what stands before the first has no title.

    >>> [(part.title, len(part.blocks)) for part in parts("## Why\\n\\nSo.\\n\\n## How\\n\\nThus.")]
    [('Why', 1), ('How', 1)]
    """
    found: list[tuple[str, list[str]]] = [("", [])]
    in_code = False
    for line in body.splitlines():
        if CODE.match(line):
            in_code = not in_code
        heading = None if in_code else HEADING.match(line)
        if heading:
            found.append((heading[1], []))
        else:
            found[-1][1].append(line)
    return [
        Part(title, tuple(_blocks(lines)))
        for title, lines in found
        if title or any(line.strip() for line in lines)
    ]


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    prose: list[str] = []
    rest = iter(lines)
    for line in rest:
        opening = OPENING.match(line)
        if not opening:
            prose.append(line)
            continue
        yield from _prose(prose)
        prose = []
        inside = []
        for more in rest:
            if more.strip() == CLOSING:
                break
            inside.append(more)
        given = attributes(opening[2])
        yield _chart(given, inside) if opening[1] == "chart" else _exercise(given, inside)
    yield from _prose(prose)


def attributes(opening: str) -> dict[str, str]:
    """What stands after the name of a block.

    >>> attributes(' key=e1 title="Money by gate"')
    {'key': 'e1', 'title': 'Money by gate'}
    """
    return {name: quoted or bare for name, quoted, bare in ATTRIBUTE.findall(opening)}


def _prose(lines: list[str]) -> Iterator[Prose]:
    if text := "\n".join(lines).strip("\n"):
        yield Prose(text)


def _chart(given: dict[str, str], lines: Sequence[str]) -> Chart:
    rows = [tuple(row) for row in csv.reader(line for line in lines if line.strip())]
    heads, rows = (rows[0], rows[1:]) if rows else ((), [])
    named = (given.get(name, "") for name in ("kind", "title", "x", "y"))
    return Chart(*named, heads, tuple(rows))


def _exercise(given: dict[str, str], lines: Sequence[str]) -> Exercise:
    """
    >>> lines = ["? Which?", "- [x] A", "  > Yes.", "- [ ] B"]
    >>> found = _exercise({"key": "e1", "kind": "single"}, lines)
    >>> found.text, found.question.options[0].feedback, found.question.options[1].right
    ('Which?', 'Yes.', False)
    """
    text, options, steps, said, mistakes = [], [], [], {}, []
    for line in (line.rstrip() for line in lines):
        if option := OPTION.match(line):
            options.append([option[2], option[1] != " ", ""])
        elif step := STEP.match(line):
            steps.append(step[1])
        elif spoken := SAID.match(line):
            if spoken[2]:
                mistakes.append((spoken[2], spoken[3]))
            else:
                said[spoken[1]] = spoken[3]
        elif options and line.strip().startswith("> "):
            options[-1][2] = line.strip().removeprefix("> ")
        elif line.strip():
            text.append(line.strip().removeprefix("? "))
    question = Question(
        kind=given.get("kind", ""),
        options=tuple(Option(*option) for option in options),
        steps=tuple(steps),
        answer=given.get("answer", ""),
        tolerance=given.get("tolerance", "0"),
        unit=given.get("unit", ""),
    )
    key = given.get("key", "")
    told = (said.get("right", ""), said.get("wrong", ""), tuple(mistakes))
    return Exercise(key, " ".join(text), question, *told)


def chain(language: str, core: str = "en") -> list[str]:
    """Where a reader of this language finds a text, best first.

    >>> chain("fr-CA"), chain("en"), chain("")
    (['fr-CA', 'fr', 'en'], ['en'], ['en'])
    """
    pieces = [piece for piece in language.split("-") if piece]
    found = ["-".join(pieces[:length]) for length in range(len(pieces), 0, -1)]
    return [*(one for one in found if one != core), core]


def is_older(version: str, than: str) -> bool:
    """Whether a version stands before another one.

    >>> is_older("2.0", "3.0"), is_older("3.0", "3.0"), is_older("2.10", "2.9")
    (True, False, False)
    """
    one, other = (re.findall(r"\d+", text) for text in (version, than))
    return [int(number) for number in one] < [int(number) for number in other]
