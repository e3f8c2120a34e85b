"""What is wrong with the files: every place, with its value and what would be accepted."""

from dataclasses import dataclass, field

SHOWN = 1000


@dataclass(frozen=True)
class Problem:
    """One thing wrong. `row` counts as spreadsheets do, the header being row 1."""

    file: str
    row: int | None
    column: str
    value: str
    accepted: str

    def __str__(self):
        where = [self.file]
        if self.row:
            where.append(f"row {self.row}")
        if self.column:
            where.append(f"column {self.column}")
        if self.value:
            where.append(f"“{self.value}”")
        return f"{', '.join(where)}: {self.accepted}"


@dataclass
class Problems:
    """All of them counted, the first thousand kept."""

    kept: list[Problem] = field(default_factory=list)
    count: int = 0

    def __bool__(self):
        return self.count > 0

    def __iter__(self):
        return iter(self.kept)

    def add(self, file, row=None, column="", value="", accepted="") -> None:
        self.count += 1
        if len(self.kept) < SHOWN:
            value = str(value)
            short = value if len(value) <= 60 else f"{value[:59]}…"
            self.kept.append(Problem(file, row, column, printable(short), str(accepted)))

    @property
    def not_shown(self) -> int:
        return self.count - len(self.kept)


def printable(text: str) -> str:
    """Control characters as the escapes they are written with, so that they can be seen."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
