"""The table of $APPEALS sheets: one row per buying criterion."""

from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import Choice, Day, Reference, Text, Whole
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import PK, ModelTable
from ipd.models import AppealsOffer, AppealsScore, AppealsSheet, AppealsWeight
from ipd.models.requirement_words import BuyingCriterion


@table
class Appeals(ModelTable):
    """A sheet is what its eight rows have in common."""

    name, title = "appeals", _("$APPEALS sheets")
    about = _("Per segment and day: the weight of each buying criterion and each offer's score.")
    fixed = _("A sheet says how things were on its day: enter a new sheet.")
    model, key = AppealsWeight, ("product", "segment", "on", "criterion")
    columns = (
        Reference(name="product", to="products", path="sheet__product__code"),
        Text(name="segment", longest=120, path="sheet__segment"),
        Day(name="on", path="sheet__on"),
        Whole(
            name="customers",
            path="sheet__customers",
            highest=9999,
            help=_("How many customers were asked."),
        ),
        Choice(name="criterion", choices=tuple(BuyingCriterion.values)),
        Whole(name="weight", highest=1000, help=_("Per mille; a sheet's weights sum to 1000.")),
        Whole(name="own", lowest=1, highest=10, help=_("Score of the own offer, 1 to 10.")),
        Text(
            name="competitors",
            path="sheet__offers",
            longest=500,
            required=False,
            help=_("Name and score of each, as: Alpha 7; Beta 5."),
        ),
    )

    def stored(self):
        offers = defaultdict(dict)
        scores = AppealsScore.objects.order_by("offer__name").values_list(
            "offer__sheet", "criterion", "offer__name", "offer__is_own", "score"
        )
        for sheet, criterion, name, is_own, score in scores:
            offers[sheet, criterion]["" if is_own else name] = score
        rows = AppealsWeight.objects.order_by().select_related("sheet__product")
        for row in rows:
            found = dict(offers[row.sheet_id, row.criterion])
            yield {
                PK: row.pk,
                "product": row.sheet.product.code,
                "segment": row.sheet.segment,
                "on": row.sheet.on,
                "customers": row.sheet.customers,
                "criterion": row.criterion,
                "weight": int(row.weight * 1000),
                "own": found.pop("", None),
                "competitors": write_scores(found),
            }

    def complete(self, row, company):
        """Competitors in the order of their names, so that the same sheet reads the same."""
        scores = read_scores(row["competitors"] or "")
        if scores is not None:
            row["competitors"] = write_scores(scores)

    def check(self, rows, company):
        sheets = defaultdict(list)
        for row in rows:
            sheets[row["product"], row["segment"], row["on"]].append(row)
        for found in sheets.values():
            for row in found:
                if read_scores(row["competitors"]) is None:
                    accepted = gettext("names with scores from 1 to 10, as: Alpha 7; Beta 5")
                    company.problem(self, row, "competitors", accepted)
            self._check_sheet(found, company)

    def _check_sheet(self, rows, company):
        first = rows[0]
        if {row["criterion"] for row in rows} != set(BuyingCriterion.values):
            accepted = gettext("a row for each of the eight criteria of the sheet")
            company.problem(self, first, "criterion", accepted)
        elif sum(row["weight"] for row in rows) != 1000:
            accepted = gettext("weights of a sheet that sum to 1000")
            company.problem(self, first, "weight", accepted)
        elif len({tuple(read_scores(row["competitors"]) or ()) for row in rows}) > 1:
            accepted = gettext("the same competitors in all rows of a sheet")
            company.problem(self, first, "competitors", accepted)

    def add(self, rows, company):
        sheets = {}
        for row in rows:
            key = row["product"], row["segment"], row["on"]
            if key not in sheets:
                sheets[key] = self._sheet(row, company)
            sheet, offers = sheets[key]
            weight = AppealsWeight.objects.create(
                sheet=sheet, criterion=row["criterion"], weight=Decimal(row["weight"]) / 1000
            )
            row[PK] = weight.pk
            scores = {"": row["own"], **read_scores(row["competitors"])}
            AppealsScore.objects.bulk_create(
                AppealsScore(offer=offers[name], criterion=row["criterion"], score=score)
                for name, score in scores.items()
            )

    def _sheet(self, row, company):
        sheet = AppealsSheet.objects.create(
            product_id=company.id("products", row["product"]),
            segment=row["segment"],
            on=row["on"],
            customers=row["customers"],
        )
        name = company.all_final("products")[(row["product"],)]["name"]
        own = AppealsOffer.objects.create(sheet=sheet, name=name, is_own=True)
        others = {
            name: AppealsOffer.objects.create(sheet=sheet, name=name)
            for name in read_scores(row["competitors"])
        }
        return sheet, {"": own, **others}


def read_scores(text: str) -> dict[str, int] | None:
    """Offers with their scores; None when it cannot be read.

    >>> read_scores("Alpha 7; Beta One 5")
    {'Alpha': 7, 'Beta One': 5}
    >>> read_scores("Alpha") is None
    True
    """
    scores = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, _space, score = part.rpartition(" ")
        if not name or not score.isdecimal() or not 1 <= int(score) <= 10 or name in scores:
            return None
        scores[name] = int(score)
    return scores


def write_scores(scores: dict[str, int]) -> str:
    """The way back, in the order of the names."""
    return "; ".join(f"{name} {score}" for name, score in sorted(scores.items()))
