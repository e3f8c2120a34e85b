"""Questions as they leave the server: before an answer without a word on what is right."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from teams.calculations.academy.answers import Answer, Question, is_right, mistake_of
from teams.calculations.academy.draws import shown_order
from teams.calculations.academy.lessons import Exercise
from teams.models import Person
from teams.queries.academy.markdown import line


@dataclass(frozen=True)
class Choice:
    """One option or step by its place on the page; `rank` is the place given to a step."""

    place: int
    text: SafeString
    is_chosen: bool = False
    rank: int = 0


@dataclass(frozen=True)
class Asked:
    """A question as it is asked; `name` is that of its fields."""

    name: str
    kind: str
    text: SafeString
    choices: list[Choice]
    unit: str = ""
    typed: str = ""
    number: int = 0

    @property
    def ranks(self) -> range:
        return range(1, len(self.choices) + 1)


@dataclass(frozen=True)
class Said:
    """What is said to one choice once an answer is in."""

    text: SafeString
    is_chosen: bool
    is_right: bool | None = None
    feedback: SafeString | str = ""
    rank: int = 0


@dataclass(frozen=True)
class Feedback:
    """What is said to a try at an exercise; of what was not chosen nothing is said."""

    is_right: bool
    text: SafeString | str
    choices: list[Said]

    @property
    def is_part(self) -> bool:
        """All that was chosen is right, and something is missing."""
        return bool(self.choices) and all(choice.is_right for choice in self.choices)

    @property
    def says_so(self) -> bool:
        """The text itself begins with the word that would stand before it."""
        said = self.text or next((choice.feedback for choice in self.choices), "")
        return self.is_right and said.startswith(_("Right"))


@dataclass(frozen=True)
class Corrected:
    """An item after submission: the answer, what was right, and why."""

    asked: Asked
    is_right: bool
    is_answered: bool
    choices: list[Said]
    wanted: str
    why: SafeString


def asked(
    question: Question,
    order: Sequence[int],
    *,
    name: str,
    text: str,
    answer: Answer = None,
    number: int = 0,
) -> Asked:
    """The question in its drawn order, with the answer that was given up to now."""
    texts, ranks = question.texts, _ranks(question, answer)
    chosen = _chosen(question, answer)
    return Asked(
        name=name,
        kind=question.kind,
        text=line(text),
        choices=[
            Choice(place, line(texts[at]), at in chosen, ranks.get(at, 0))
            for place, at in enumerate(order)
        ],
        unit=question.unit,
        typed=str(answer) if question.kind == "number" and answer is not None else "",
        number=number,
    )


def _chosen(question: Question, answer: Answer) -> set[int]:
    if answer is None or question.kind in ("number", "order"):
        return set()
    return set(answer) if isinstance(answer, list) else {answer}


def _ranks(question: Question, answer: Answer) -> dict[int, int]:
    if question.kind != "order" or not isinstance(answer, list):
        return {}
    return {at: rank for rank, at in enumerate(answer, 1)}


def order_for(person: Person, exercise: Exercise, module: str) -> list[int]:
    """The order in which this reader finds the exercise's options, the same each time.

    Steps that lie in their right order are no question: these are mixed.
    """
    count = len(exercise.question.texts)
    about = f"{person.pk}:{module}:{exercise.key}"
    seed = salted_hmac("academy.exercise", about, algorithm="sha256").hexdigest()
    chance = Random(seed)  # noqa: S311 -- seeded by the secret key
    order = shown_order(count, chance)
    while exercise.question.steps and count > 1 and order == list(range(count)):
        order = shown_order(count, chance)
    return order


def feedback(exercise: Exercise, order: Sequence[int], answer: Answer) -> Feedback:
    """What the text says to this answer."""
    question, right = exercise.question, is_right(exercise.question, answer)
    text = exercise.right if right else exercise.wrong
    if question.kind == "number" and not right:
        text = mistake_of(question, str(answer), exercise.mistakes) or text
    chosen = _chosen(question, answer)
    return Feedback(
        is_right=right,
        text=line(text) if text else "",
        choices=[
            Said(line(one.text), True, one.right, line(one.feedback))
            for at in order
            if at in chosen
            for one in [question.options[at]]
        ],
    )


def _plain(number: str) -> str:
    """A number without zeros that say nothing: 15.0 is 15."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def corrected(
    question: Question,
    order: Sequence[int],
    *,
    text: str,
    why: str,
    answer: Answer,
    number: int,
) -> Corrected:
    """An item of a sheet that was handed in."""
    chosen, ranks = _chosen(question, answer), _ranks(question, answer)
    texts = question.texts
    wanted = f"{_plain(question.answer)} {question.unit}" if question.kind == "number" else ""
    return Corrected(
        asked=asked(question, order, name="", text=text, answer=answer, number=number),
        is_right=is_right(question, answer),
        is_answered=answer is not None,
        choices=[Said(line(texts[at]), at in chosen, question.options[at].right) for at in order]
        if question.options
        else [
            Said(line(step), bool(ranks), ranks.get(at) == at + 1, rank=ranks.get(at, 0))
            for at, step in enumerate(question.steps)
        ],
        wanted=wanted.strip(),
        why=line(why),
    )
