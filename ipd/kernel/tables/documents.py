"""Files of an import folder that are no tables: known by their names, read and compared as a whole.

A document says what it would do, so that a dry run shows it, and is written by a step of its
own (`register.step`), after the tables it follows.
"""

import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DocumentChange:
    """One thing that a file would change: what, and each field with its old and new value."""

    key: str
    fields: list[tuple[str, str, str]]


class Document:
    """What the importer knows of such files; subclasses say how they are read and compared.

    pattern  matches the whole name of a file; case does not count
    shown    how the name is told to people: plan-P01.xml
    """

    name: str
    title: Any
    about: Any = ""
    pattern: str
    shown: str

    def knows(self, file: str) -> bool:
        return re.fullmatch(self.pattern, file, re.IGNORECASE) is not None

    def compare(self, files: dict[str, bytes], company, tally) -> None:
        """Count in `tally` what the files would add, change and leave; name what is wrong."""
        raise NotImplementedError
