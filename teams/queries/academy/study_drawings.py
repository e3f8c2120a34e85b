"""Drawings of a study: shares with their intervals, or each team's change."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ipd.kernel.charts import Bar, bars
from teams.models.academy.studies import Arm
from teams.queries.academy.studies import Result


def drawn(result: Result) -> SafeString | str:
    """A figure with its table; nothing where the numbers are not shown."""
    if result.hidden:
        return ""
    return _shares(result) if result.shares else _changes(result)


def _shares(result: Result) -> SafeString:
    arms = zip((Arm.TRAINED.label, Arm.COMPARISON.label), result.shares, strict=True)
    rows = []
    for series, (name, share) in enumerate(arms, start=1):
        percent, low, high = share.percent
        beside = _("%(hits)s of %(n)s; 95 %%: %(low).1f to %(high).1f %%") % {
            "hits": share.hits,
            "n": share.n,
            "low": low,
            "high": high,
        }
        rows.append(Bar(str(name), percent, low=low, high=high, beside=beside, series=series))
    return bars(
        rows,
        title=_("Shares of both groups"),
        about=_("Thin lines are 95 % intervals; where they are wide, n is small."),
        heads=[_("Group"), _("Share"), _("Counted")],
        show=lambda value: f"{value:.1f} %",
    )


def _changes(result: Result) -> SafeString:
    names = dict(Arm.choices)
    ordered = sorted(
        result.rows, key=lambda row: (row.arm != Arm.TRAINED, -(row.after - row.before))
    )
    return bars(
        [
            Bar(
                f"{row.reference} · {names[row.arm]}",
                float(row.after - row.before),
                beside=f"{row.before.normalize():f} → {row.after.normalize():f}",
                series=1 if row.arm == Arm.TRAINED else 2,
            )
            for row in ordered
        ],
        title=_("Change of each"),
        about=_("After less before; the trained first."),
        heads=[_("Team"), _("Change"), _("Before → after")],
        show=lambda value: f"{value:+.1f}",
    )
