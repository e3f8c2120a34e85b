"""One simulation as its page shows it: the range, what drives it, what changed since the last."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ipd.calculations.sensitivity import SELDOM
from ipd.kernel.days import working_days_between
from ipd.models import Activity, Plan, Product, Simulation, SimulationActivity
from ipd.queries.simulations import share_by
from teams.models import Person

ENOUGH = 10  # finished activities that were forecast, before forecasts are judged
LISTED = 12
HEAVY = ("inputs", "finishes", "drivers", "lesson")


@dataclass(frozen=True)
class Lesson:
    """Which path decides: the activity it goes through, and what decides in the other runs."""

    activity: SimulationActivity | None
    share: float
    others: list[SimulationActivity]


@dataclass(frozen=True)
class Compared:
    """Another simulation beside this one; days are working days, positive when this is later."""

    row: Simulation
    p50_days: int
    p80_days: int
    what: str = ""


@dataclass(frozen=True)
class Calibration:
    """Of `n` activities that ended, the shares that had ended by their first P50 and P80."""

    n: int
    by_p50: float
    by_p80: float


@dataclass
class Page:
    """A simulation with all that is said of it; `row` is None before the first."""

    row: Simulation | None
    activities: list[SimulationActivity] = field(default_factory=list)
    history: list[Simulation] = field(default_factory=list)
    what_ifs: list[Compared] = field(default_factory=list)
    previous: Compared | None = None
    calibration: Calibration | None = None
    contract_on: date | None = None

    @property
    def probability(self) -> float | None:
        """Of the contract date as it stands today; of the one asked about, without a contract."""
        day = self.contract_on or (self.row.contract_on if self.row else None)
        return share_by(self.row.finishes, day) if self.row and day else None

    @property
    def plan_probability(self) -> float:
        return share_by(self.row.finishes, self.row.planned_on)

    @property
    def contingency_days(self) -> int:
        """Working days from the plan's own finish to P80."""
        return working_days_between(self.row.planned_on, self.row.p80_on)

    @property
    def held_days(self) -> int:
        """Working days from P50 to P80: what the lead holds back."""
        return working_days_between(self.row.p50_on, self.row.p80_on)

    @property
    def is_stale(self) -> bool:
        return self.row.plan_version != self.row.plan.version

    @property
    def lesson(self) -> Lesson | None:
        by_code = {row.code: row for row in self.activities}
        told = self.row.lesson
        if told and told["share"] > SELDOM and told["through"] in by_code:
            others = [by_code[code] for code in told["others"] if code in by_code]
            return Lesson(by_code[told["through"]], told["share"], others)
        top = max(self.activities, key=lambda row: row.ssi, default=None)
        return Lesson(top, top.criticality, []) if top and top.ssi else None

    @property
    def is_lesson_first(self) -> bool:
        """Nothing moves the finish more than the activity of the lesson."""
        return self.lesson.activity.ssi >= max(row.ssi for row in self.activities)


def find(person: Person):
    """Visible products with their plan, if they have one."""
    return Product.objects.visible_to(person).select_related("line", "plan__calendar")


def visible(person: Person):
    """Simulations of products the person may see, with what their page names."""
    products = Product.objects.visible_to(person)
    rows = Simulation.objects.filter(plan__product__in=products)
    return rows.select_related("plan__product__line", "plan__calendar", "by", "what_if_of").defer(
        "inputs", "what_if_of__inputs"
    )


def what_ifs(product: Product):
    """The what-ifs of a product's plan, the newest first, without what they were computed from."""
    rows = Simulation.objects.filter(plan__product=product, what_if_of__isnull=False)
    return rows.select_related("plan").defer(*HEAVY)


def page(plan: Plan, row: Simulation | None, *, contract_on: date | None) -> Page:
    """All of one simulation, the newest unless another is given; in five queries."""
    history = list(
        Simulation.objects.of_plans()
        .filter(plan=plan)
        .select_related("by")
        .defer("inputs", "drivers")[:LISTED]
    )
    if row is None and history:
        whole = Simulation.objects.select_related("by", "what_if_of").defer("inputs")
        row = whole.get(pk=history[0].pk)
    if row is None:
        return Page(None, contract_on=contract_on)
    row.plan = plan
    base = row.what_if_of or row
    what_ifs = Simulation.objects.filter(what_if_of=base).defer("inputs", "drivers", "finishes")
    earlier = next((one for one in history if one.pk < row.pk), None) or row.what_if_of
    return Page(
        row=row,
        activities=list(row.activities.order_by("-ssi", "pk")),
        history=history,
        what_ifs=[_compared(base, one, words(one)) for one in what_ifs],
        previous=_compared(earlier, row) if earlier else None,
        calibration=calibration(plan),
        contract_on=contract_on,
    )


def _compared(before: Simulation, after: Simulation, what: str = "") -> Compared:
    return Compared(
        after if what else before,
        working_days_between(before.p50_on, after.p50_on),
        working_days_between(before.p80_on, after.p80_on),
        what,
    )


def chance(probability: float | None) -> tuple[str, str]:
    """Tone and word of the probability of a date: what one commits to is at least 80 percent."""
    if probability is None:
        return "none", ""
    if probability >= 0.8:
        return "on", _("safe")
    return ("risk", _("uncertain")) if probability >= 0.5 else ("off", _("unlikely"))


def moved(days: int) -> str:
    """How far a date moved, in words."""
    if not days:
        return _("as before")
    said = (
        ngettext("%(days)d working day later", "%(days)d working days later", abs(days))
        if days > 0
        else ngettext("%(days)d working day earlier", "%(days)d working days earlier", abs(days))
    )
    return said % {"days": abs(days)}


def words(row: Simulation) -> str:
    """The change of a what-if as a half-sentence."""
    told = row.change
    if not told:
        return ""
    said = {
        "removed": _("%(activity)s were not needed"),
        "shortened": _("%(activity)s took %(percent)s %% less time"),
        "split": _("%(percent)s %% of %(activity)s were done beside it"),
    }
    return said[told["kind"]] % told


def calibration(plan: Plan) -> Calibration | None:
    """How the first forecasts of what has ended came true; None below ten of them."""
    ended = dict(
        Activity.objects.filter(plan=plan, actual_finish_at__isnull=False).values_list(
            "code", "actual_finish_at"
        )
    )
    if len(ended) < ENOUGH:
        return None
    first = (
        SimulationActivity.objects.filter(
            simulation__plan=plan, simulation__what_if_of=None, code__in=ended
        )
        .order_by("code", "simulation")
        .distinct("code")
        .values_list("code", "p50_finish_on", "p80_finish_on", "simulation__at")
    )
    judged = [
        (ended[code].date(), p50, p80)
        for code, p50, p80, at in first
        if at.date() < ended[code].date()
    ]
    if len(judged) < ENOUGH:
        return None
    return Calibration(
        len(judged),
        sum(day <= p50 for day, p50, _p80 in judged) / len(judged),
        sum(day <= p80 for day, _p50, p80 in judged) / len(judged),
    )
