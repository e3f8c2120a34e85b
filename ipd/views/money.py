"""A product's money: where it stands, its lines and its months."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ipd.kernel.access import require
from ipd.kernel.money import money as shown
from ipd.models import Product
from ipd.permissions import acts_of
from ipd.queries import budgets, money_charts, money_page


@dataclass(frozen=True)
class Entry:
    """The product a reader came to, and what they may do with its money."""

    product: Product
    acts: frozenset[str]

    @property
    def granted(self) -> bool:
        return "see_money" in self.acts

    def context(self, **more) -> dict:
        """What every page about the product's money has."""
        return {"product": self.product, "acts": self.acts, "granted": self.granted, **more}


def entry(request, pk) -> Entry:
    """The product (404 unless visible) with the reader's acts, in two queries."""
    product = get_object_or_404(money_page.find(request.user), pk=pk)
    return Entry(product, acts_of(request.user, product))


def may(request, pk, act: str) -> Entry:
    """The same for somebody who does something: the act and the sight of money, else 403."""
    found = entry(request, pk)
    require(found.granted and act in found.acts)
    return found


def restricted(request, found: Entry):
    """The page of somebody without the grant: nothing of the money has been read."""
    context = {"product": found.product, "restricted": shown(None, "", granted=False)}
    return render(request, "ipd/money/restricted.html", context)


@require_safe
def page(request, pk):
    """The summary: what was given, spent and promised, earned value, and the S-curve."""
    found = entry(request, pk)
    if not found.granted:
        return restricted(request, found)
    standing = money_page.standing(found.product)
    context = found.context(
        standing=standing,
        figures=money_charts.figures(standing),
        chart=money_charts.curve(standing),
    )
    return render(request, "ipd/money/summary.html", context)


@require_safe
def lines(request, pk):
    """Budget, cost and promises by function and cost type, and by phase."""
    found = entry(request, pk)
    if not found.granted:
        return restricted(request, found)
    facts = budgets.facts(found.product)
    rows = budgets.lines(facts)
    context = found.context(
        rows=rows,
        phases=budgets.by_phase(found.product, facts),
        whole=sum((row.sums for row in rows), budgets.Sums()),
    )
    return render(request, "ipd/money/lines.html", context)


@require_safe
def months(request, pk):
    """Budget and cost by month, a year at a time, with what was before and what comes after."""
    found = entry(request, pk)
    if not found.granted:
        return restricted(request, found)
    window = budgets.window(found.product, request.GET.get("from", ""))
    context = found.context(window=window)
    return render(request, "ipd/money/months.html", context)
