"""Tailoring, and reviews: history and what is to come."""

from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gates.models import Review, ReviewCriterion, Tailoring
from gates.models.definitions import TailoringKind
from gates.models.facts import COPIED
from gates.models.reviews import Stage
from gates.tables.definitions import REVIEW, Definitions, OfReview, definitions
from ipd.kernel.tables.columns import Choice, Day, Reference, Text
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import BATCH, PK, ModelTable
from ipd.models import LineBody
from ipd.tables.company import process_versions
from teams.models import Function, Seat


@table
class Tailorings(ModelTable):
    name, title = "tailoring", _("Tailoring")
    about = _("How a product departs from its process, why, and who approved it.")
    model, key = Tailoring, ("product", "gate")
    columns = (
        Reference(name="product", to="products", path="product__code"),
        Text(name="gate", longest=20, path="gate__code"),
        Choice(name="kind", choices=tuple(TailoringKind.values)),
        Text(
            name="into",
            longest=20,
            path="into__code",
            required=False,
            help=_("For a merged gate: the gate it is held in."),
        ),
        Text(name="label", longest=30, required=False, help=_("What the merged gates are called.")),
        Text(name="reason"),
        Reference(name="approver", to="people", path="approver__code"),
        Day(name="approved_on"),
    )

    def stored(self):
        for row in super().stored():
            yield row | {"into": row["into"] or ""}

    def check(self, rows, company):
        known = company.once(definitions)
        for row in rows:
            row["#gate"] = known.gate(row["product"], row["gate"])
            row["#into"] = known.gate(row["product"], row["into"])
            if row["#gate"] is None:
                company.problem(self, row, "gate", gettext("a gate of the product's process"))
            if bool(row["into"]) != (row["kind"] == TailoringKind.MERGED):
                accepted = gettext("a gate when kind is merged, otherwise blank")
                company.problem(self, row, "into", accepted)
            elif row["into"] and (row["#into"] is None or row["into"] == row["gate"]):
                company.problem(self, row, "into", gettext("another gate of the process"))

    def values(self, row, company, names=None):
        fields = super().values(row, company, names)
        fields.pop("gate", None), fields.pop("into", None)
        return fields | {
            "gate_id": row["#gate"].pk,
            "into_id": row["#into"].pk if row["#into"] else None,
        }


@table
class Reviews(OfReview):
    name, title = "reviews", _("Reviews")
    about = _("Gate history and calendar. Held reviews have an outcome; others are to come.")
    key = REVIEW
    follows = ("tailoring", "teams", "seats", "functions")
    touches = (("products", "product"), ("reviews", *REVIEW))
    columns = (
        *OfReview.review_columns,
        Day(name="baseline", help=_("The day first agreed on.")),
        Day(name="planned", required=False, help=_("Blank: as the baseline.")),
        Day(name="held", required=False),
        Text(name="outcome", longest=30, required=False, help=_("Code of an outcome.")),
        Reference(name="decided_by", to="people", required=False),
        Text(name="rationale", required=False),
        Text(name="override_rationale", required=False),
        Text(name="reason_code", longest=30, required=False),
        Day(name="next_on", required=False, help=_("When it comes back, or the next gate.")),
    )

    def stored(self):
        standing = FilteredRelation("decisions", condition=Q(decisions__superseded_at=None))
        reviews = Review.objects.real().order_by().annotate(decision=standing)
        for row in reviews.values(
            "pk",
            at_stage=F("stage"),
            product_code=F("product__code"),
            gate_code=F("gate__code"),
            number=F("attempt"),
            baseline=F("baseline_on"),
            planned=F("planned_on"),
            held=F("held_on"),
            outcome_code=F("outcome__code"),
            decided_by=F("decision__decided_by__code"),
            rationale=F("decision__rationale"),
            override_rationale=F("decision__override_rationale"),
            reason_code=F("decision__reason_code__code"),
            next_on=F("decision__next_on"),
        ).iterator(chunk_size=5000):
            row["product"], row["gate"] = row.pop("product_code"), row.pop("gate_code")
            row["attempt"], row["outcome"] = row.pop("number"), row.pop("outcome_code") or ""
            for name in ("rationale", "override_rationale", "reason_code"):
                row[name] = row[name] or ""
            yield row

    def fixed_for(self, old):
        if old["at_stage"] == Stage.DECIDED:
            return gettext("Decisions are never edited: correct one in Gatehouse.")
        if old["at_stage"] != Stage.PREPARING:
            return gettext("Its pack is locked: it goes on in Gatehouse.")
        return ""

    def complete(self, row, company):
        super().complete(row, company)
        row["planned"] = row["planned"] or row["baseline"]

    def check(self, rows, company):
        known, bodies = company.once(definitions), company.once(bodies_of)
        open_reviews = {}
        for key, review in company.all_final(self.name).items():
            if not review["held"] and review.get("at_stage") != Stage.WITHDRAWN:
                open_reviews.setdefault(key[:2], []).append(key)
        for row in rows:
            gate = row["#gate"] = known.gate(row["product"], row["gate"])
            if gate is None:
                company.problem(self, row, "gate", gettext("a gate of the product's process"))
                continue
            self._check_outcome(row, gate, known, company)
            if (row["product"], row["gate"]) in known.skipped:
                accepted = gettext("a gate that tailoring has not skipped or merged away")
                company.problem(self, row, "gate", accepted)
            product = company.final("products", row["product"])
            row["#body"] = bodies.get((product["line"], gate.chain.body)) or bodies.get(
                (None, gate.chain.body)
            )
            if row["#body"] is None:
                told = {"line": product["line"], "body": gate.chain.body}
                accepted = gettext("a line with a %(body)s; teams has none for %(line)s") % told
                company.problem(self, row, "product", accepted)
            if len(open_reviews.get(self.key_of(row)[:2], ())) > 1 and not row["held"]:
                accepted = gettext("an outcome: only one review of a gate is open at a time")
                company.problem(self, row, "outcome", accepted)
            attempt = row["attempt"]
            before = (row["product"], row["gate"], attempt - 1)
            if attempt > 1 and company.final(self.name, *before) is None:
                told = {"number": attempt - 1}
                accepted = gettext("numbers without a gap; attempt %(number)s is missing") % told
                company.problem(self, row, "attempt", accepted)

    def _check_outcome(self, row, gate, known: Definitions, company):
        row["#outcome"] = known.outcome(row)
        row["#reason"] = known.reasons.get((gate.chain.process_id, row["reason_code"]))
        codes = {o.code for o in known.outcomes.values() if o.chain_id == gate.chain_id}
        names = {"codes": ", ".join(sorted(codes))}
        if row["outcome"] and row["#outcome"] is None:
            company.problem(self, row, "outcome", gettext("one of %(codes)s") % names)
        if bool(row["held"]) != bool(row["outcome"]):
            blank = "outcome" if row["held"] else "held"
            company.problem(self, row, blank, gettext("held and outcome both, or neither"))
        elif row["held"] and not row["decided_by"]:
            company.problem(self, row, "decided_by", gettext("the number of who decided"))
        if row["held"] and row["held"] > company.today:
            company.problem(self, row, "held", gettext("a day that has come"))
        if row["reason_code"] and row["#reason"] is None:
            company.problem(self, row, "reason_code", gettext("a reason code of the process"))

    def add(self, rows, company):
        """Reviews with the criteria of their gates; a step further on decides the held ones.

        What was held before was judged by people: no measure looks back. Those stand
        as withdrawn until then, as only one review of a gate may be open.
        """
        known = company.once(definitions)
        made = Review.objects.bulk_create(
            [
                Review(
                    product_id=company.id("products", row["product"]),
                    gate=row["#gate"],
                    label=known.label(row["product"], row["gate"]),
                    attempt=row["attempt"],
                    body_id=row["#body"](company),
                    baseline_on=row["baseline"],
                    planned_on=row["planned"],
                    stage=Stage.WITHDRAWN if row["held"] else Stage.PREPARING,
                )
                for row in rows
            ],
            batch_size=BATCH,
        )
        owners, functions = owners_of(), dict(Function.objects.values_list("code", "pk"))
        criteria = []
        for row, review in zip(rows, made, strict=True):
            row[PK] = review.pk
            team = company.id("teams", company.final("products", row["product"])["team"])
            criteria += [
                ReviewCriterion(
                    review=review,
                    code=asked.code,
                    function_id=functions[asked.function],
                    weight=asked.weight,
                    text=asked.text,
                    evidence_asked=asked.evidence,
                    order=number,
                    owner_id=None if row["held"] else owners.get((team, asked.function)),
                    **({} if row["held"] else {name: getattr(asked, name) for name in COPIED}),
                )
                for number, asked in enumerate(known.asked(row["product"], row["#gate"]), 1)
            ]
        ReviewCriterion.objects.bulk_create(criteria, batch_size=BATCH)

    def change(self, changes, company):
        reviews = Review.objects.select_for_update().in_bulk([change.new[PK] for change in changes])
        for change in changes:
            review, row = reviews[change.new[PK]], change.new
            review.baseline_on, review.planned_on = row["baseline"], row["planned"]
            review.version += 1
            if row["held"]:
                review.stage = Stage.WITHDRAWN
        Review.objects.bulk_update(
            reviews.values(), ["baseline_on", "planned_on", "stage", "version"], batch_size=BATCH
        )


def bodies_of(company) -> dict:
    """For (line, kind) how to find the team that decides, once teams are in."""
    company.once(process_versions)
    products = {row["team"] for row in company.all_final("products").values()}
    found = {}
    for row in company.all_final("teams").values():
        if row["code"] not in products:
            found[row["line"], row["kind"]] = _finder(row["code"])
    lines = dict(LineBody.objects.filter(line=None).values_list("kind", "team__code"))
    return found | {(None, kind): _finder(code) for kind, code in lines.items()}


def _finder(code: str):
    return lambda company: company.id("teams", code)


def owners_of() -> dict[tuple[int, str], int]:
    """Who answers for a function's criteria in a team: the holder of that seat today."""
    seats = Seat.objects.current().exclude(person=None).order_by("-role__order", "-pk")
    return {
        (team, function): person
        for team, function, person in seats.values_list("team", "function__code", "person")
    }
