"""Facts of criteria in plain values, as decisions freeze them, and in words, as pages show them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from gates.models import Decision, Review, ReviewCriterion
from gates.models.facts import Assessment, Operator
from ipd.kernel.figures import shown_figure
from ipd.kernel.measures import MEASURES, Unit

Said = dict


def said(criterion: ReviewCriterion) -> Said | None:
    """The fact of a computed criterion in plain values that need no other row; else None."""
    if not criterion.is_bound:
        return None
    measure, fact = MEASURES.get(criterion.measure), getattr(criterion, "fact", None)
    bound = {
        "measure": criterion.measure,
        "label": str(measure.label) if measure else criterion.measure,
        "unit": str(measure.unit) if measure else Unit.COUNT.value,
        "operator": criterion.operator,
        "threshold": _plain(criterion.threshold),
    }
    if fact is None:
        return {**bound, "state": Assessment.NO_DATA.value, "figure": None}
    return {
        **bound,
        "state": str(fact.state),
        "figure": None if fact.figure is None else _plain(fact.figure),
        "numerator": _plain(fact.numerator),
        "denominator": _plain(fact.denominator),
        "n": fact.n,
        "as_of": fact.as_of.isoformat() if fact.as_of else None,
        "read_at": fact.read_at.isoformat(),
        "detail": fact.detail,
    }


def _plain(number: Decimal) -> str:
    """Without the zeros of its column: 95, not 95.000000 or 9.5E+1."""
    return f"{number.normalize():f}"


@dataclass(frozen=True)
class Shown:
    """A fact in words for one reader.

    figure   "93.1 %"; an amount without the grant is "restricted"
    target   "≥ 95 %"
    counted  "229 of 246", where the figure is a share of things counted
    as_of    day of the newest fact behind it, else the day it was read
    missing  what is not there yet, when there is no figure
    before   "90.1 % at CDCP", when the last decided gate saw another figure
    """

    label: str
    figure: str
    target: str
    counted: str
    detail: str
    missing: str
    as_of: date | None
    state: str
    state_name: str
    before: str
    url: str


# What the last decided gates saw, by measure: the gate's label and the frozen fact.
Since = dict[str, tuple[str, Said]]


def seen_before(review: Review) -> Since:
    """For each measure the newest frozen fact from a decision before this review; one query."""
    earlier = Q()
    if review.decided_at:
        earlier = Q(review__decided_at__lt=review.decided_at)
    rows = (
        Decision.objects.filter(
            earlier,
            review__product=review.product_id,
            review__is_rehearsal=False,
            superseded_at=None,
            frozen__has_key="measures",
        )
        .exclude(review=review.pk)
        .order_by("review__decided_at")
    )
    found: Since = {}
    for label, measures in rows.values_list("review__label", "frozen__measures"):
        found |= {key: (label, fact) for key, fact in measures.items()}
    return found


def shown(
    fact: Said | None, product_id: int, *, granted: bool, since: Since | None = None
) -> Shown | None:
    """The fact for a reader, who is granted money or not; None for a criterion people judge."""
    if fact is None:
        return None
    unit, figure = fact["unit"], fact["figure"]
    hidden = unit == Unit.MONEY and not granted
    read_at = fact.get("read_at")
    return Shown(
        label=fact["label"],
        figure=shown_figure(_decimal(figure), unit, granted=granted),
        target=_target(fact),
        counted=_counted(fact, granted=granted),
        detail="" if hidden else fact.get("detail", ""),
        missing="" if figure is not None else _missing(fact),
        as_of=_day(fact.get("as_of")) or (parse_datetime(read_at).date() if read_at else None),
        state=fact["state"],
        state_name=Assessment(fact["state"]).label,
        before=_before(fact, since or {}, granted=granted),
        url=_url(fact["measure"], product_id),
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _target(fact: Said) -> str:
    threshold, unit = Decimal(fact["threshold"]), fact["unit"]
    if unit == Unit.PERCENT:
        words = _("%(figure)s %%") % {"figure": number_format(threshold, use_l10n=True)}
    else:
        words = shown_figure(threshold, unit, granted=True)
    return f"{Operator(fact['operator']).label} {words}"


def _counted(fact: Said, *, granted: bool) -> str:
    """What the share is made of; sums of money are told only to those who may see money."""
    if fact["unit"] not in (Unit.PERCENT, Unit.RATIO) or not Decimal(fact.get("denominator", 0)):
        return ""
    n, counts = fact["n"], fact["denominator"] == str(fact["n"])
    if counts or granted:
        parts = {name: _grouped(fact[name]) for name in ("numerator", "denominator")}
        return _("%(numerator)s of %(denominator)s") % parts
    told = {"n": number_format(n, 0, force_grouping=True)}
    return _("from %(n)s values") % told if n > 1 else ""


def _grouped(text: str) -> str:
    number = Decimal(text)
    places = 0 if number == number.to_integral_value() else 2
    return number_format(number, places, use_l10n=True, force_grouping=True)


def _missing(fact: Said) -> str:
    if "n" not in fact:
        return _("It is being read.")
    return fact.get("detail") or _("Nothing is recorded that it could be read from.")


def _before(fact: Said, since: Since, *, granted: bool) -> str:
    label, before = since.get(fact["measure"], ("", None))
    if before is None or before["figure"] is None or before["figure"] == fact["figure"]:
        return ""
    told = {
        "figure": shown_figure(Decimal(before["figure"]), before["unit"], granted=granted),
        "gate": label,
    }
    return _("%(figure)s at %(gate)s") % told


def _url(key: str, product_id: int) -> str:
    measure = MEASURES.get(key)
    try:
        return reverse(measure.route, args=[product_id]) if measure and measure.route else ""
    except NoReverseMatch:
        return ""
