"""A product's money: where it stands, its lines and its months."""

from functools import wraps

from django.shortcuts import render
from django.views.decorators.http import require_safe

from ipd.kernel.money import money as shown
from ipd.queries import budgets, money_charts, money_page
from ipd.views.entry import Entry, entry


def restricted(request, found: Entry):
    """The page of somebody without the grant: nothing of the money has been read."""
    context = {"product": found.product, "restricted": shown(None, "", granted=False)}
    return render(request, "ipd/money/restricted.html", context)


def reads_money(view):
    """Makes `view(request, entry)` the page of a product that only the grant opens."""

    @require_safe
    @wraps(view)
    def wrapper(request, pk):
        found = entry(request, pk)
        return view(request, found) if found.granted else restricted(request, found)

    return wrapper


@reads_money
def page(request, found):
    """The summary: what was given, spent and promised, earned value, and the S-curve."""
    standing = money_page.standing(found.product)
    context = found.context(
        standing=standing,
        figures=money_charts.figures(standing),
        chart=money_charts.curve(standing),
    )
    return render(request, "ipd/money/summary.html", context)


@reads_money
def lines(request, found):
    """Budget, cost and promises by function and cost type, and by phase."""
    facts = budgets.facts(found.product)
    rows = budgets.lines(facts)
    context = found.context(
        rows=rows,
        phases=budgets.by_phase(found.product, facts),
        whole=sum((row.sums for row in rows), budgets.Sums()),
    )
    return render(request, "ipd/money/lines.html", context)


@reads_money
def months(request, found):
    """Budget and cost by month, a year at a time, with what was before and what comes after."""
    window = budgets.window(found.product, request.GET.get("from", ""))
    context = found.context(window=window)
    return render(request, "ipd/money/months.html", context)
