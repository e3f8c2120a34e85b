"""What renews a certificate: practice since it was issued, told by packages above and by plays."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from teams.models import Certificate, Person, Play, PlayRole
from teams.models.academy.crises import PlayState


@dataclass(frozen=True)
class Presented:
    """A gate that somebody presented."""

    title: str
    link: str
    on: date


Presents = Callable[[Person, date, date], list[Presented]]
PRESENTED: list[Presents] = []


def presents(tells: Presents) -> Presents:
    """Register `tells(person, first, last)`: the gates they presented in these days."""
    if tells not in PRESENTED:
        PRESENTED.append(tells)
    return tells


@dataclass(frozen=True)
class Proof:
    """One thing that is asked for: what it is, where it was done, or what is missing."""

    what: str
    title: str
    missing: str
    text: str = ""
    link: str = ""
    on: date | None = None

    @property
    def is_there(self) -> bool:
        return self.on is not None

    def as_record(self) -> dict[str, str]:
        return {"what": self.what, "text": f"{self.text}, {self.on}", "link": self.link}


def proofs(row: Certificate) -> list[Proof]:
    """The gate and the simulation in the certificate's time; one query, and those registered."""
    last = row.valid_until
    shown = [one for tells in PRESENTED for one in tells(row.person, row.issued_on, last)]
    gate = min(shown, key=lambda one: one.on, default=None)
    title, missing = _("One gate presented"), _("No gate was presented since it was issued.")
    found = [
        Proof("gate", title, missing, gate.title, gate.link, gate.on)
        if gate
        else Proof("gate", title, missing)
    ]
    play = _unseen(row.person, row.issued_on, last)
    title = _("One simulation passed that was not seen before")
    missing = _("No unseen simulation was passed since it was issued.")
    found.append(
        Proof("simulation", title, missing, play.scenario.title, "", play.finished_on)
        if play
        else Proof("simulation", title, missing)
    )
    return found


def _unseen(person: Person, first: date, last: date) -> Play | None:
    """The first play in these days that passed and was the person's first of its scenario."""
    before = PlayRole.objects.filter(
        person=person,
        play__scenario__code=OuterRef("scenario__code"),
        play__made_at__lt=OuterRef("made_at"),
    )
    plays = Play.objects.filter(
        ~Exists(before),
        roles__person=person,
        state=PlayState.FINISHED,
        has_passed=True,
        again_of=None,
        finished_on__gte=first,
        finished_on__lte=last,
    )
    return plays.select_related("scenario").order_by("finished_on", "pk").first()
