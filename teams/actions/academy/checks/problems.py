"""What is wrong with a file, as a sentence: which file, where in it, and what to do."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

LONGEST = {
    "code": 20,
    "version": 20,
    "base_version": 20,
    "language": 12,
    "name": 120,
    "title": 120,
    "about": 300,
    "unit": 60,
}
LARGEST = 32767


@dataclass(frozen=True)
class Problem:
    """One mistake: the file, the place in it (a key, a code, a heading), what to do about it."""

    path: str
    where: str
    text: str

    def __str__(self):
        place = f"{self.path}, {self.where}" if self.where else self.path
        return f"{place}: {self.text}"


def unreadable(path: str, why: str) -> Problem:
    """A file that could not be read at all."""
    match why:
        case "place":
            text = _("No content is expected here. Give the file the name and folder of its kind.")
        case "front":
            text = _("Begin the file with its facts between two lines of +++.")
        case "depth":
            text = _("Lists or tables stand in one another too deeply to be read.")
        case _other:
            text = _("The TOML cannot be read: %(error)s.") % {"error": why}
    return Problem(path, "", text)


class Pad:
    """Where the mistakes of one file are noted."""

    def __init__(self, path: str):
        self.path = path
        self.problems: list[Problem] = []

    def note(self, where: str, text: str) -> None:
        self.problems.append(Problem(self.path, where, text))

    def expect(self, holds: Any, where: str, text: str) -> bool:
        """Note the sentence unless it holds; says whether it does."""
        if not holds:
            self.note(where, text)
        return bool(holds)

    def keys(self, said: Any, where: str, needed: Mapping[str, type], more=()) -> bool:
        """Whether the table has all it needs, of the right kind, and nothing that nobody reads."""
        if not isinstance(said, Mapping):
            self.note(where, _("Write a table of keys and values here."))
            return False
        optional = dict(more)
        missing = [key for key in needed if key not in said]
        for key in missing:
            self.note(where, _("%(key)s is missing. Add it.") % {"key": key})
        whole = not missing
        for key, value in said.items():
            kind = needed.get(key) or optional.get(key)
            if kind is None:
                text = _("%(key)s is not a key that is read here. Correct or remove it.")
                self.note(where, text % {"key": key})
            elif not _is(value, kind):
                told = {"key": key, "kind": _kind(kind)}
                self.note(where, _("%(key)s has to be %(kind)s.") % told)
                whole = False
            else:
                whole &= self._fits(where, key, value)
        return whole

    def _fits(self, where: str, key: str, value: Any) -> bool:
        if isinstance(value, str) and len(value) > LONGEST.get(key, len(value)):
            told = {"key": key, "most": LONGEST[key]}
            self.note(where, _("%(key)s has at most %(most)s characters.") % told)
            return False
        if type(value) is int and key != "answer" and not 0 <= value <= LARGEST:
            told = {"key": key, "most": LARGEST}
            self.note(where, _("%(key)s is between 0 and %(most)s.") % told)
            return False
        return True

    def tables(self, said: Any, where: str) -> list[Mapping]:
        """The tables of a list; what is no table is noted and left out."""
        good = [one for one in said if isinstance(one, Mapping)]
        self.expect(len(good) == len(said), where, _("Every entry has to be a table."))
        return good

    def known(self, values: Iterable[Any], among: Iterable[Any], where: str, what: str) -> bool:
        """Whether all that is named exists; `what` says what it should be."""
        there = {one for one in among if isinstance(one, str)}
        unknown = [str(v) for v in values if not isinstance(v, str) or v not in there]
        told = {"names": ", ".join(unknown), "what": what}
        text = _("%(what)s %(names)s is not known. Name one that exists.")
        return self.expect(not unknown, where, text % told)

    def once(self, values: Iterable[Any], where: str) -> None:
        for value, times in Counter(values).items():
            if times > 1:
                text = _("%(value)s stands there more than once. Every code is given once.")
                self.note(where, text % {"value": value})


def _kind(kind: type | None) -> str:
    names = {
        str: _("a text"),
        int: _("a whole number"),
        float: _("a number"),
        bool: _("true or false"),
        list: _("a list"),
        dict: _("a table"),
    }
    return names.get(kind, "")


def _is(value: Any, kind: type) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, kind) and (kind is not str or bool(value.strip()))


def all_of(pads: Iterable[Pad]) -> Iterator[Problem]:
    for pad in pads:
        yield from pad.problems
