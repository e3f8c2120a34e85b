"""The tables of what happened to requirements: steps, baselines, and changes after them."""

from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.actions.requirement_changes import text_hash
from ipd.kernel.tables.columns import Choice, Day, Reference, Text, Whole, YesNo, code
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import ModelTable, Parent
from ipd.models import (
    RequirementBaseline,
    RequirementBaselineItem,
    RequirementChange,
    RequirementStep,
)
from ipd.models.requirement_words import ChangeAction, ChangeState, StepKind


@table
class RequirementSteps(ModelTable):
    name, title = "requirement_steps", _("Steps of requirements")
    about = _("When each requirement was acknowledged, analysed, distributed. Added, never edited.")
    fixed = _("A step is never edited.")
    model, key = RequirementStep, ("requirement", "kind", "on")
    columns = (
        Reference(name="requirement", to="requirements", path="requirement__code"),
        Choice(name="kind", choices=tuple(StepKind.values)),
        Day(name="on", path="at"),
        Reference(name="by", to="people", path="by__code", required=False),
        Text(name="note", required=False),
    )

    def stored(self):
        for row in super().stored():
            yield row | {"on": timezone.localdate(row["on"])}

    def values(self, row, company, names=None):
        noon = datetime.combine(row["on"], time(12))
        return super().values(row, company, names) | {"at": timezone.make_aware(noon)}


@table
class RequirementBaselines(ModelTable):
    name, title = "requirement_baselines", _("Baselines of requirements")
    about = _("When a product's requirements were kept: B1 at TR1, B2 at TR2, B3 at TR3.")
    fixed = _("A baseline is never edited.")
    model, key = RequirementBaseline, ("product", "code")
    columns = (
        Reference(name="product", to="products", path="product__code"),
        Choice(name="code", choices=("b1", "b2", "b3")),
        Day(name="kept_on"),
        Reference(name="kept_by", to="people", path="kept_by__code", required=False),
        Text(name="reason", longest=300, required=False),
    )

    def stored(self):
        for row in super().stored():
            yield row | {"code": row["code"].lower()}

    def values(self, row, company, names=None):
        return super().values(row, company, names) | {"code": row["code"].upper()}


@table
class BaselineItems(ModelTable):
    name, title = "requirement_baseline_items", _("Requirements in baselines")
    about = _("Which version of which requirement a baseline keeps.")
    fixed = _("A baseline is never edited.")
    model, key = RequirementBaselineItem, ("product", "baseline", "requirement")
    parents = (
        Parent(
            field="baseline",
            to="requirement_baselines",
            by=("product", "baseline"),
            accepts=_("a baseline of the product, in requirement_baselines"),
        ),
    )
    columns = (
        Reference(name="product", to="products", path="baseline__product__code"),
        Choice(name="baseline", choices=("b1", "b2", "b3"), path="baseline__code"),
        Reference(name="requirement", to="requirements", path="requirement__code"),
        Whole(name="version", lowest=1),
        Text(name="title", longest=200, required=False, help=_("Blank: as it is called now.")),
    )

    def stored(self):
        for row in super().stored():
            yield row | {"baseline": row["baseline"].lower()}

    def complete(self, row, company):
        if not row["title"] and (found := company.final("requirements", row["requirement"])):
            row["title"] = found["title"]

    def check(self, rows, company):
        for row in rows:
            found = company.final("requirements", row["requirement"])
            if found and found["product"] != row["product"]:
                accepted = gettext("a requirement of the same product")
                company.problem(self, row, "requirement", accepted)

    def values(self, row, company, names=None):
        said = company.final("requirements", row["requirement"])
        kept = text_hash(row["title"], said["text"])
        return super().values(row, company, names) | {"text_hash": kept}


@table
class RequirementChanges(ModelTable):
    name, title = "requirement_changes", _("Changes of requirements")
    about = _("Requests to add, modify or drop what a baseline keeps, and how they were decided.")
    model, key = RequirementChange, ("code",)
    columns = (
        code(40),
        Reference(name="product", to="products", path="product__code"),
        Choice(name="action", choices=tuple(ChangeAction.values)),
        Reference(name="requirement", to="requirements", path="requirement__code", required=False),
        Text(name="title", longest=200, required=False, path="after", help=_("The new title.")),
        Text(name="reason"),
        Text(name="impact", required=False),
        YesNo(name="contracted", path="is_contracted", required=False),
        Text(name="pcr", longest=40, required=False),
        Choice(name="state", choices=tuple(ChangeState.values)),
        Reference(name="asked_by", to="people", path="asked_by__code"),
        Day(name="asked_on"),
        Reference(name="decided_by", to="people", path="decided_by__code", required=False),
        Day(name="decided_on", required=False),
        Text(name="answer", required=False),
    )

    def stored(self):
        for row in super().stored():
            yield row | {"title": row["title"].get("title", "")}

    def fixed_for(self, old):
        decided = old["state"] != ChangeState.PROPOSED
        return gettext("A decided change is never edited.") if decided else ""

    def check(self, rows, company):
        for row in rows:
            decided = row["state"] != ChangeState.PROPOSED
            if decided != (row["decided_by"] is not None and row["decided_on"] is not None):
                accepted = gettext("who decided and when, once it is decided")
                company.problem(self, row, "decided_by", accepted)
            if row["decided_by"] is not None and row["decided_by"] == row["asked_by"]:
                accepted = gettext("somebody else than who asked")
                company.problem(self, row, "decided_by", accepted)
            is_new = row["action"] == ChangeAction.ADD and row["state"] != ChangeState.ACCEPTED
            if row["requirement"] is None and not is_new:
                company.problem(self, row, "requirement", gettext("the requirement it changes"))

    def values(self, row, company, names=None):
        fields = super().values(row, company, names)
        if "after" in fields:
            fields["after"] = {"title": row["title"]} if row["title"] else {}
        return fields
