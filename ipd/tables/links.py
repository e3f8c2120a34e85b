"""The table of links: what waits for what in the plans."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import Choice, Text
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import PK, ModelTable, Parent
from ipd.models import Link
from ipd.models.plans import LinkKind
from ipd.tables.plan_columns import Lag
from ipd.tables.plans import TOUCHES_PLAN, of_plan


def _end(name: str) -> Parent:
    accepted = _("the code of an activity of the same product")
    return Parent(field=name, to="activities", by=("product", name), accepts=accepted)


@table
class Links(ModelTable):
    name, title = "links", _("Links between activities")
    about = _("What waits for what.")
    model, key = Link, ("product", "predecessor", "successor", "kind")
    parents = (_end("predecessor"), _end("successor"))
    touches = TOUCHES_PLAN
    columns = (
        of_plan(),
        Text(name="predecessor", longest=30, path="predecessor__code"),
        Text(name="successor", longest=30, path="successor__code"),
        Choice(name="kind", choices=tuple(LinkKind.values), required=False),
        Lag(name="lag", required=False),
    )

    def stored(self):
        rows = self.rows_of().values_list(
            *("pk", "plan__product__code", "predecessor__code", "successor__code"),
            *("kind", "lag", "lag_unit"),
        )
        for pk, *ends, lag, unit in rows.iterator(chunk_size=5000):
            yield {PK: pk, **dict(zip(self.by_name, ends, strict=False)), "lag": (lag, unit)}

    def complete(self, row, company):
        row["kind"] = row["kind"] or LinkKind.FS.value

    def check(self, rows, company):
        for row in rows:
            if row["predecessor"] == row["successor"]:
                accepted = gettext("another activity than the predecessor")
                company.problem(self, row, "successor", accepted)

    def values(self, row, company, names=None):
        fields = super().values(row, company, names)
        if "lag" in fields:
            fields["lag"], fields["lag_unit"] = row["lag"]
        return fields
