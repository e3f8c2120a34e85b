"""Conditions of decisions, and waivers of red must-criteria."""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gates.models import Condition, ConditionEvent, Waiver
from gates.models.conditions import UNSETTLED, ConditionKind, ConditionState
from gates.tables.criteria import OfCriterion, criterion_ids
from gates.tables.definitions import REVIEW, OfReview, noon, review_id
from ipd.kernel.tables.columns import Choice, Day, Reference, Text, Whole
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import BATCH, PK


@table
class Conditions(OfReview):
    name, title = "conditions", _("Conditions")
    about = _("What a review passed under: owned, dated, verified by somebody else.")
    key = (*REVIEW, "number")
    follows = ("reviews", "decide_held_reviews")
    touches = (("products", "product"),)
    columns = (
        *OfReview.review_columns,
        Whole(name="number", lowest=1),
        Text(name="text"),
        Choice(name="kind", choices=tuple(ConditionKind.values)),
        Reference(name="owner", to="people"),
        Reference(name="function", to="functions"),
        Day(name="due"),
        Day(name="original_due", required=False, help=_("Blank: as due. Earlier: extended once.")),
        Text(name="acceptance_test"),
        Reference(name="verifier", to="people", help=_("Never the owner.")),
        Text(name="consequence"),
        Choice(name="state", choices=tuple(ConditionState.values)),
        Day(name="submitted_on", required=False),
        Day(name="closed_on", required=False, help=_("For verified, lapsed and waived.")),
    )

    def stored(self):
        conditions = Condition.objects.filter(review__is_rehearsal=False).order_by()
        for row in conditions.values(
            "number",
            "text",
            "kind",
            "acceptance_test",
            "consequence",
            "state",
            "submitted_on",
            "pk",
            product=F("review__product__code"),
            gate=F("review__gate__code"),
            attempt=F("review__attempt"),
            owned=F("owner__code"),
            of=F("function__code"),
            verified=F("verifier__code"),
            due=F("due_on"),
            original_due=F("original_due_on"),
            closed_on=F("settled_on"),
        ).iterator(chunk_size=5000):
            row["owner"], row["function"] = row.pop("owned"), row.pop("of")
            row["verifier"] = row.pop("verified")
            yield row

    def fixed_for(self, old):
        settled = old["state"] not in UNSETTLED
        return gettext("A settled condition is not opened again.") if settled else ""

    def complete(self, row, company):
        super().complete(row, company)
        row["original_due"] = row["original_due"] or row["due"]

    def check(self, rows, company):
        for row in rows:
            review = self.review_of(row, company)
            if review and not review["held"]:
                company.problem(self, row, "gate", gettext("a review that was held"))
            if row["owner"] == row["verifier"]:
                company.problem(self, row, "verifier", gettext("somebody else than the owner"))
            if row["original_due"] > row["due"]:
                company.problem(self, row, "original_due", gettext("a day not after due"))
            settled = row["state"] not in UNSETTLED
            if settled != bool(row["closed_on"]):
                accepted = gettext("a day for verified, lapsed and waived, blank for others")
                company.problem(self, row, "closed_on", accepted)

    def add(self, rows, company):
        made = Condition.objects.bulk_create(
            [
                Condition(review_id=review_id(row, company), **self._fields(row, company))
                for row in rows
            ],
            batch_size=BATCH,
        )
        events = []
        for row, condition in zip(rows, made, strict=True):
            row[PK] = condition.pk
            events += _history(row, condition)
        ConditionEvent.objects.bulk_create(events, batch_size=BATCH)

    def change(self, changes, company):
        conditions = Condition.objects.select_for_update().in_bulk(
            [change.new[PK] for change in changes]
        )
        fields, events = {"version"}, []
        for change in changes:
            condition = conditions[change.new[PK]]
            values = self._fields(change.new, company)
            for name, value in values.items():
                setattr(condition, name, value)
            condition.version += 1
            fields |= {name.removesuffix("_id") for name in values}
            said = "; ".join(f"{name}: {old} → {new}" for name, old, new in change.fields)
            events.append(_event(condition, "imported", timezone.now(), note=said))
        Condition.objects.bulk_update(conditions.values(), fields, batch_size=BATCH)
        ConditionEvent.objects.bulk_create(events, batch_size=BATCH)

    def _fields(self, row, company):
        same = ("number", "text", "kind", "acceptance_test", "consequence", "state")
        return {name: row[name] for name in (*same, "submitted_on")} | {
            "owner_id": company.id("people", row["owner"]),
            "verifier_id": company.id("people", row["verifier"]),
            "function_id": company.id("functions", row["function"]),
            "due_on": row["due"],
            "original_due_on": row["original_due"],
            "settled_on": row["closed_on"],
            "extensions": int(row["due"] > row["original_due"]),
        }


def _event(condition, what, at, *, by_id=None, note=""):
    return ConditionEvent(condition=condition, what=what, at=at, by_id=by_id, note=note)


def _history(row, condition):
    """What the file tells of its past; how it was extended is not known."""
    if row["submitted_on"]:
        yield _event(condition, "submitted", noon(row["submitted_on"]), by_id=condition.owner_id)
    if row["closed_on"]:
        by = condition.verifier_id if row["state"] == ConditionState.VERIFIED else None
        yield _event(condition, row["state"], noon(row["closed_on"]), by_id=by)


@table
class Waivers(OfCriterion):
    name, title = "waivers", _("Waivers")
    about = _("Red must-criteria that were let pass, until a day, signed by two people.")
    fixed = _("Waivers are never edited.")
    key = (*REVIEW, "criterion")
    columns = (
        *OfReview.review_columns,
        Text(name="criterion", longest=20),
        Text(name="reason"),
        Day(name="expires"),
        Reference(name="requested_by", to="people"),
        Reference(name="signed_by_chair", to="people", required=False),
        Reference(name="signed_by_function", to="people", required=False),
        Day(name="signed_on", required=False),
    )

    def stored(self):
        waivers = Waiver.objects.filter(criterion__review__is_rehearsal=False).order_by()
        for row in waivers.values(
            "reason",
            "pk",
            product=F("criterion__review__product__code"),
            gate=F("criterion__review__gate__code"),
            attempt=F("criterion__review__attempt"),
            asked=F("criterion__code"),
            expires=F("expires_on"),
            requester=F("requested_by__code"),
            signed_by_chair=F("chair__code"),
            signed_by_function=F("function_head__code"),
            signed_on=F("chair_signed_at"),
        ):
            row["criterion"], row["requested_by"] = row.pop("asked"), row.pop("requester")
            if row["signed_on"]:
                row["signed_on"] = timezone.localtime(row["signed_on"]).date()
            yield row

    def check(self, rows, company):
        for row in rows:
            self.criterion_of(row, company)
            names = ("requested_by", "signed_by_chair", "signed_by_function")
            people = [row[name] for name in names if row[name]]
            if len(set(people)) < len(people):
                accepted = gettext("somebody else for each of requested_by and the two signatures")
                company.problem(self, row, "requested_by", accepted)
            signatures = [row["signed_by_chair"], row["signed_by_function"], row["signed_on"]]
            if any(signatures) and not all(signatures):
                accepted = gettext("both signatures and their day, or none")
                company.problem(self, row, "signed_on", accepted)

    def add(self, rows, company):
        ids = criterion_ids(rows, company)
        Waiver.objects.bulk_create(
            Waiver(
                criterion_id=ids[review_id(row, company), row["criterion"]],
                reason=row["reason"],
                expires_on=row["expires"],
                requested_by_id=company.id("people", row["requested_by"]),
                chair_id=company.id("people", row["signed_by_chair"]),
                chair_signed_at=noon(row["signed_on"]) if row["signed_on"] else None,
                function_head_id=company.id("people", row["signed_by_function"]),
                function_signed_at=noon(row["signed_on"]) if row["signed_on"] else None,
            )
            for row in rows
        )
