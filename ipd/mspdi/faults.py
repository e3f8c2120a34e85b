"""What is wrong with a project file: which task or calendar, which field, what it says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from ipd.mspdi import values
from ipd.mspdi.xml import text

MOST = 1000


@dataclass(frozen=True)
class Fault:
    """`where` is "task 12 Design", `field` the element's name, `accepted` what would do."""

    where: str
    field: str
    value: str
    accepted: str

    def __str__(self):
        shown = self.value if len(self.value) <= 60 else f"{self.value[:59]}…"
        parts = [self.where, self.field, f"“{shown}”" if shown else ""]
        return f"{', '.join(part for part in parts if part)}: {self.accepted}"


@dataclass
class Faults:
    """All of them, up to a thousand."""

    found: list[Fault] = field(default_factory=list)

    def __bool__(self):
        return bool(self.found)

    @contextmanager
    def at(self, kind: str, name: str) -> Iterator["Place"]:
        yield Place(self, f"{kind} {name}".strip())

    def add(self, where: str, tag: str, value: str, accepted: str) -> None:
        if len(self.found) < MOST:
            self.found.append(Fault(where[:200], tag, value, accepted))


class Place:
    """Reads fields of one element, and names those that cannot be read."""

    def __init__(self, faults: Faults, where: str):
        self.faults, self.where = faults, where

    def refuse(self, tag: str, value: str, accepted: str) -> None:
        self.faults.add(self.where, tag, value, accepted)

    def _read(self, element: Element, tag: str, default, read, accepted: str):
        said = text(element, tag)
        if not said:
            return default
        try:
            return read(said)
        except (ValueError, OverflowError):
            self.refuse(tag, said, accepted)
            return default

    def whole(
        self, element: Element, tag: str, default: int = 0, lowest=-(2**31), highest=2**31 - 1
    ):
        accepted = _("a whole number from %(lowest)s to %(highest)s") % {
            "lowest": lowest,
            "highest": highest,
        }
        return self._read(
            element, tag, default, lambda said: values.whole(said, lowest, highest), accepted
        )

    def number(self, element: Element, tag: str):
        return self._read(element, tag, None, values.number, _("a number"))

    def minutes(self, element: Element, tag: str, default: int | None = 0) -> int | None:
        accepted = _("a duration that is not negative, as PT8H0M0S")
        return self._read(element, tag, default, values.minutes, accepted)

    def moment(self, element: Element, tag: str) -> datetime | None:
        accepted = _("a moment from 1901 to 2199, as 2026-11-23T08:00:00")
        said = text(element, tag)
        if said.upper() == "NA":
            return None
        return self._read(element, tag, None, values.moment, accepted)

    def time(self, element: Element, tag: str) -> int | None:
        return self._read(element, tag, None, values.time_of_day, _("a time, as 08:00:00"))
