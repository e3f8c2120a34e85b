"""One cell of a sheet of readings: how a reading is written, and how what is written is read.

66/75        a numerator and a denominator; of a percentage they also are the observations
0.45 n=12    a figure with its number of observations (1 where none is given)
~0.45        an estimate
-            nothing is due       ?   what should be there is missing
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from ipd.kernel.measures import Unit
from teams.models import Kpi
from teams.models.readings import WITH_FIGURE, ReadingStatus

LARGEST = Decimal(10) ** 13
MOST_OBSERVATIONS = 999_999_999
MISSING, NOT_DUE = {"?", "missing"}, {"-", "–", "−", "n/a", "not due"}
SPACES = re.compile(r"[\s'’\u00a0\u202f]")
PLAIN = re.compile(r"[-−–]?[0-9]+([.,][0-9]+)?")
GROUPED = re.compile(r"[-−–]?[0-9]{1,3}([.,])[0-9]{3}(\1[0-9]{3})*")
WRITTEN = re.compile(
    r"(?P<about>~)?(?P<numerator>[^/=]+?)%?(/(?P<denominator>[^/=]+?))?(?:n=(?P<n>[0-9]{1,9}))?",
)


class Unreadable(ValueError):
    """What is written is no reading; the message is a sentence that says what would be."""


@dataclass(frozen=True)
class Written:
    """What a cell says of a KPI in a month."""

    status: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    n: int = 0


def read(text: str, kpi: Kpi) -> Written:
    """What somebody wrote. Raises Unreadable with a sentence.

    A percentage without a denominator is of a hundred.
    """
    word = text.strip().lower()
    if word in MISSING:
        return Written(ReadingStatus.MISSING)
    if word in NOT_DUE:
        return Written(ReadingStatus.NOT_DUE)
    found = WRITTEN.fullmatch(SPACES.sub("", word))
    if found is None:
        raise Unreadable(_("Write a figure as 0.45, or what was counted as 66/75."))
    percent = kpi.unit == Unit.PERCENT
    numerator = _number(found["numerator"])
    if found["denominator"] is not None:
        denominator = _number(found["denominator"])
        n = _counted(kpi, denominator)
    else:
        denominator, n = Decimal(100 if percent else 1), 1
    if not denominator:
        raise Unreadable(_("Nothing is divided by zero."))
    status = ReadingStatus.ESTIMATED if found["about"] else ReadingStatus.MEASURED
    n = min(int(found["n"]) if found["n"] else n, MOST_OBSERVATIONS)
    return Written(status, numerator, denominator, n)


def _counted(kpi: Kpi, denominator: Decimal) -> int:
    """Observations that a denominator stands for: those of a percentage that is no money."""
    counts = kpi.unit == Unit.PERCENT and not kpi.has_amounts
    return int(denominator) if counts and denominator == int(denominator) > 0 else 1


def _number(text: str) -> Decimal:
    """A number with a point or a comma before its decimals; one that may be either is refused."""
    if "," in text and GROUPED.fullmatch(text) and not text.lstrip("-−–").startswith("0"):
        told = {"text": text, "whole": text.replace(",", ""), "part": text.replace(",", ".")}
        raise Unreadable(_("“%(text)s” may be %(whole)s or %(part)s: write one of them.") % told)
    if not PLAIN.fullmatch(text):
        raise Unreadable(_("“%(text)s” is no number.") % {"text": text[:40]})
    number = Decimal(text.replace(",", ".").replace("−", "-").replace("–", "-"))
    if abs(number) >= LARGEST:
        raise Unreadable(_("“%(text)s” is too large.") % {"text": text[:40]})
    if number.as_tuple().exponent < -6:
        raise Unreadable(_("“%(text)s” has more than six decimals.") % {"text": text[:40]})
    return number


def written(reading, kpi: Kpi) -> str:
    """A reading as somebody would write it, so that `read` gives the same again."""
    if reading is None:
        return ""
    if reading.status not in WITH_FIGURE:
        return "?" if reading.status == ReadingStatus.MISSING else "-"
    about = "~" if reading.status == ReadingStatus.ESTIMATED else ""
    percent = kpi.unit == Unit.PERCENT
    numerator, denominator = _plain(reading.numerator), _plain(reading.denominator)
    if reading.denominator == (100 if percent else 1) and (not percent or reading.n == 1):
        text, usual = numerator, 1
    else:
        text = f"{numerator}/{denominator}"
        usual = _counted(kpi, reading.denominator)
    counted = "" if reading.n == usual else f" n={reading.n}"
    return f"{about}{text}{counted}"


def _plain(number: Decimal) -> str:
    return f"{Decimal(number).normalize():f}"
