"""What came out of a study: with n, intervals, an exact p, and words chosen by rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from teams.calculations.academy import comparisons
from teams.calculations.academy.comparisons import LEAST_SHOWN, Permuted, Share
from teams.models import Study, StudyCohort, StudyRow
from teams.models.academy.studies import Arm, Outcome


@dataclass(frozen=True)
class Result:
    """A study's outcome; `hidden` says why nothing is shown, else the numbers are there.

    first, second  trained and comparison: shares, or mean changes in the study's unit
    difference     first less second; interval is at 95 %
    detectable     the smallest difference that four of five such studies would find
    corrected      p among all exploratory studies of the path (Holm); None where primary
    """

    study: Study
    is_primary: bool
    n: tuple[int, int]
    hidden: str = ""
    shares: tuple[Share, Share] | None = None
    means: tuple[float, float] | None = None
    difference: float | None = None
    interval: tuple[float, float] | None = None
    p: float | None = None
    permuted: Permuted | None = None
    detectable: float | None = None
    corrected: float | None = None
    rows: tuple[StudyRow, ...] = ()

    @property
    def finds(self) -> bool:
        """The interval leaves out zero and, of changes, few labellings differ as much."""
        likely = self.permuted is not None and self.permuted.p >= comparisons.SELDOM
        return comparisons.finds(self.interval) and not likely

    @property
    def points(self) -> dict[str, float | None]:
        """The difference, the ends of its interval and what could be found, in percentage
        points or in the study's own."""
        scale = 100 if self.shares else 1
        low, high = self.interval or (None, None)
        named = {"difference": self.difference, "low": low, "high": high}
        named["detectable"] = self.detectable
        return {name: None if value is None else scale * value for name, value in named.items()}

    @property
    def words(self) -> str:
        """The one sentence that may be quoted."""
        if self.hidden:
            return self.hidden
        told = {"trained": self.n[0], "others": self.n[1]}
        if not self.finds:
            return _("No reliable difference seen (n = %(trained)s and %(others)s).") % told
        if self.is_primary:
            words = _(
                "A difference is seen that chance hardly explains (n = %(trained)s and %(others)s)."
            )
        else:
            words = _(
                "A difference is seen in an exploratory study (n = %(trained)s and %(others)s):"
                " a question for the next cohort, not a result."
            )
        return words % told

    @property
    def tone(self) -> str:
        if self.hidden or not self.finds:
            return "none"
        return "on" if self.is_primary else "info"


def studies(path: str | None = None) -> QuerySet[Study]:
    """Studies with their rows, as they were put down; `is_primary` of any of their cohorts."""
    rows = Study.objects.all() if path is None else Study.objects.filter(path_code=path)
    decides = StudyCohort.objects.filter(study=OuterRef("pk"), is_primary=True)
    rows = rows.annotate(is_primary=Exists(decides)).select_related("registered_by")
    return rows.prefetch_related("rows")


def results(found: Iterable[Study]) -> list[Result]:
    """The outcome of each, exploratory ones corrected for being many together."""
    told = [_result(study) for study in found]
    many = [one for one in told if not one.is_primary and one.p is not None]
    corrected = comparisons.holm([one.p for one in many])
    by_study = {one.study.pk: p for one, p in zip(many, corrected, strict=True)}
    return [replace(one, corrected=by_study.get(one.study.pk)) for one in told]


def _result(study: Study) -> Result:
    rows = tuple(study.rows.all())
    trained = [row for row in rows if row.arm == Arm.TRAINED]
    others = [row for row in rows if row.arm == Arm.COMPARISON]
    base = Result(
        study=study,
        is_primary=study.is_primary,
        n=(len(trained), len(others)),
    )
    if not rows:
        return replace(base, hidden=_("Nothing has come in yet."))
    if not others:
        return replace(base, hidden=_("Not shown: there is no comparison group."))
    if min(base.n) < LEAST_SHOWN:
        told = {"least": LEAST_SHOWN}
        return replace(base, hidden=_("Not shown: a group has fewer than %(least)s.") % told)
    if study.outcome == Outcome.SHARE:
        return _of_shares(base, trained, others)
    return replace(_of_changes(base, trained, others), rows=rows)


def _of_shares(base: Result, trained: Sequence[StudyRow], others: Sequence[StudyRow]) -> Result:
    first, second = (Share(sum(row.happened for row in arm), len(arm)) for arm in (trained, others))
    return replace(
        base,
        shares=(first, second),
        difference=first.share - second.share,
        interval=comparisons.newcombe(first, second),
        p=comparisons.fisher(first, second),
        detectable=comparisons.detectable_share(second.share, first.n, second.n),
    )


def _of_changes(base: Result, trained: Sequence[StudyRow], others: Sequence[StudyRow]) -> Result:
    first, second = ([float(row.after - row.before) for row in arm] for arm in (trained, others))
    permuted = comparisons.permutation(first, second)
    return replace(
        base,
        means=(fmean(first), fmean(second)),
        difference=fmean(first) - fmean(second),
        interval=comparisons.welch(first, second),
        p=permuted.p,
        permuted=permuted,
        detectable=comparisons.detectable_change(first, second),
    )
