"""The process as the importer needs it: gates, outcomes and criteria by their codes."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext

from gates.models import CriterionDefinition, GateDefinition, Outcome, ReasonCode
from gates.models.definitions import TailoringKind
from ipd.kernel.tables.columns import Reference, Text, Whole
from ipd.kernel.tables.company import Company
from ipd.kernel.tables.table import Row, Table
from ipd.tables.company import process_versions

REVIEW = ("product", "gate", "attempt")


@dataclass
class Definitions:
    """Gates by (process, code), outcomes by (chain, code or alias), criteria by gate."""

    versions: dict
    gates: dict = field(default_factory=dict)
    outcomes: dict = field(default_factory=dict)
    reasons: dict = field(default_factory=dict)
    criteria: dict = field(default_factory=dict)
    labels: dict = field(default_factory=dict)
    merged: dict = field(default_factory=dict)
    skipped: set = field(default_factory=set)

    def gate(self, product: str, code: str) -> GateDefinition | None:
        return self.gates.get((self.versions.get(product), code))

    def outcome(self, row: Row, name: str = "outcome") -> Outcome | None:
        gate = self.gate(row["product"], row["gate"])
        return self.outcomes.get((gate.chain_id, row[name])) if gate else None

    def asked(self, product: str, gate: GateDefinition) -> list[CriterionDefinition]:
        """The criteria of a product's gate, and of those tailoring merged into it."""
        codes = [gate.code, *self.merged.get((product, gate.code), {})]
        gates = sorted((self.gate(product, code) for code in codes), key=lambda g: g.order)
        return [criterion for each in gates for criterion in self.criteria.get(each.pk, ())]

    def label(self, product: str, code: str) -> str:
        """What the gate is called for this product."""
        merged = self.merged.get((product, code), {})
        named = "+".join([code, *merged])
        return next((label for label in merged.values() if label), named)


def definitions(company: Company) -> Definitions:
    """Read once per import, after products and tailoring have been read."""
    found = Definitions(versions=company.once(process_versions))
    for gate in GateDefinition.objects.select_related("chain"):
        found.gates[gate.chain.process_id, gate.code] = gate
    for outcome in Outcome.objects.all():
        for code in (outcome.code, *outcome.aliases):
            found.outcomes[outcome.chain_id, code] = outcome
    for reason in ReasonCode.objects.all():
        found.reasons[reason.process_id, reason.code] = reason
    for criterion in CriterionDefinition.objects.order_by("gate", "order"):
        found.criteria.setdefault(criterion.gate_id, []).append(criterion)
    for (product, code), row in company.all_final("tailoring").items():
        if row["kind"] == TailoringKind.MERGED and row["into"]:
            found.merged.setdefault((product, row["into"]), {})[code] = row["label"]
        if row["kind"] in (TailoringKind.MERGED, TailoringKind.SKIPPED):
            found.skipped.add((product, code))
    for product, into in found.merged:
        found.labels[product, found.label(product, into)] = into
    return found


class OfReview(Table):
    """What tables of a review share: the three columns that name it, and its gate's name."""

    follows = ("reviews",)
    review_columns = (
        Reference(name="product", to="products"),
        Text(name="gate", longest=30),
        Whole(name="attempt", lowest=1),
    )

    def complete(self, row, company):
        known = company.once(definitions)
        row["gate"] = known.labels.get((row["product"], row["gate"]), row["gate"])
        if row.get("outcome") and (outcome := known.outcome(row)):
            row["outcome"] = outcome.code

    def review_of(self, row: Row, company: Company) -> Row | None:
        """The review's row as it will be; named as a problem when there is none."""
        review = company.final("reviews", *(row[name] for name in REVIEW))
        if review is None and "reviews" not in company.incomplete:
            company.problem(
                self, row, "gate", gettext("product, gate and attempt of a row of reviews")
            )
        return review


def review_id(row: Row, company: Company) -> int:
    return company.id("reviews", *(row[name] for name in REVIEW))


def noon(day: date) -> datetime:
    """The moment that stands for a day of which no time is known."""
    return timezone.make_aware(datetime.combine(day, time(12)))
