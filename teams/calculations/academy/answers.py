"""What is asked with its right answer, and whether an answer is right."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

READABLE = re.compile(r"[+-]?(\d{1,15}([.,]\d{0,9})?|[.,]\d{1,9})")

# One option's place, places of several, a number as text, or the places of steps in their order;
# places are those of the file, whatever the order in which they were shown.
Answer = int | str | list[int] | None


@dataclass(frozen=True)
class Option:
    text: str
    right: bool
    feedback: str = ""


@dataclass(frozen=True)
class Question:
    """One of four kinds; `answer` and `tolerance` are numbers as text, `tolerance` is absolute."""

    kind: str
    options: tuple[Option, ...] = ()
    steps: tuple[str, ...] = ()
    answer: str = ""
    tolerance: str = "0"
    unit: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What is shown in a drawn order: the options, or the steps."""
        return self.steps or tuple(option.text for option in self.options)


def question_of(kind: str, content: Mapping) -> Question:
    """
    >>> question_of("number", {"answer": 14.0, "tolerance": 0.1, "unit": "days"}).answer
    '14.0'
    """
    return Question(
        kind=kind,
        options=tuple(
            Option(option["text"], bool(option["right"])) for option in content.get("options", ())
        ),
        steps=tuple(content.get("steps", ())),
        answer=str(content.get("answer", "")),
        tolerance=str(content.get("tolerance", 0)),
        unit=content.get("unit", ""),
    )


def read_number(text: str) -> str | None:
    """A typed number in one spelling, or None when it is not readable as one.

    >>> read_number(" 1 234,5 "), read_number("−0.50"), read_number(".5"), read_number("ten")
    ('1234.5', '-0.50', '0.5', None)
    """
    bare = re.sub(r"[\s\u00a0\u202f']", "", text).replace("\u2212", "-")
    if not READABLE.fullmatch(bare):
        return None
    return str(Decimal(bare.replace(",", ".")))


def is_right(question: Question, answer: Answer) -> bool:
    """Whether the answer is wholly right; none at all is not.

    >>> options = (Option("a", True), Option("b", False), Option("c", True))
    >>> abc = Question("multiple", options=options)
    >>> is_right(abc, [2, 0]), is_right(abc, [0]), is_right(abc, None)
    (True, False, False)
    """
    if answer is None:
        return False
    match question.kind:
        case "number":
            return _within(str(answer), question.answer, question.tolerance)
        case "order":
            return list(answer) == list(range(len(question.steps)))
        case _:
            chosen = set(answer) if isinstance(answer, list) else {answer}
            return chosen == {at for at, option in enumerate(question.options) if option.right}


def _within(number: str, wanted: str, tolerance: str) -> bool:
    return abs(Decimal(number) - Decimal(wanted)) <= Decimal(tolerance)


def mistake_of(question: Question, answer: str, mistakes: Sequence[tuple[str, str]]) -> str:
    """What is said to a number that falls on a typical mistake; "" where none is met.

    >>> mistake_of(Question("number", answer="41", tolerance="0.5"), "80.2", [("80", "All four.")])
    'All four.'
    """
    met = (text for value, text in mistakes if _within(answer, value, question.tolerance))
    return next(met, "")
