"""The four calculations of a product side by side, and how good estimates have been."""

from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ipd.kernel.figures import NOTHING
from ipd.kernel.money import money
from ipd.models import Estimate, FinalAccount, Product
from ipd.models.rates import company_currency
from ipd.queries import money_facts


@dataclass(frozen=True)
class Step:
    """One calculation: its name, its amount, and how far that is from the step before."""

    name: str
    when: str
    amount: str
    range: str
    against: str


@dataclass(frozen=True)
class Calibration:
    """How closed products of the line came out against their estimates."""

    own: str
    line: str
    count: int


def amount(value: Decimal | None, currency: str = "") -> str:
    """For somebody with the grant."""
    shown = None if value is None else round(value, 0)
    return money(shown, currency or company_currency(), granted=True)


def _against(value: Decimal | None, before: Decimal | None) -> str:
    if value is None or not before:
        return NOTHING
    share = 100 * (value - before) / before
    sign = "+" if share > 0 else ""
    return _("%(share)s %%") % {"share": sign + number_format(round(share, 1), 1)}


def steps(product: Product, estimates: list[Estimate], account: FinalAccount | None) -> list[Step]:
    """Estimates as they were made, budget and actual as the books say, the final account."""
    rows, before = [], None
    for one in estimates:
        rows.append(
            Step(
                _("Estimate at %(gate)s") % {"gate": one.gate},
                one.on.isoformat(),
                amount(one.likely, one.currency),
                f"{amount(one.low, one.currency)} – {amount(one.high, one.currency)}",
                _against(one.likely, before),
            )
        )
        before = one.likely
    books = money_facts.totals([product.pk]).get(product.pk)
    budget, actual = (books.budget, books.actual) if books else (None, None)
    if account is not None:
        budget, actual = account.budget, account.actual
    rows.append(Step(_("Budget given so far"), "", amount(budget), "", _against(budget, before)))
    rows.append(Step(_("Actual so far"), "", amount(actual), "", _against(actual, budget)))
    if account is not None:
        rows[-1] = Step(
            _("Final account"),
            account.on.isoformat(),
            amount(account.actual, account.currency),
            "",
            _against(account.actual, account.budget),
        )
    return rows


def calibration(product: Product, account: FinalAccount | None) -> Calibration:
    """Actual over estimate, of this product and of all closed ones of its line."""
    found = [
        actual / estimate
        for actual, estimate in FinalAccount.objects.filter(
            product__line=product.line_id
        ).values_list("actual", "estimate")
    ]
    own = account.actual / account.estimate if account else None
    return Calibration(_factor(own), _factor(median(found) if found else None), len(found))


def _factor(value: Decimal | None) -> str:
    return NOTHING if value is None else number_format(round(value, 2), 2)
