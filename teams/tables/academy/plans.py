"""Development plans as they were signed: where learners stand, what they aim at, how far it is."""

from datetime import UTC

from django.db.models.functions import TruncDate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import Choice, Day, Reference, Text, Whole
from ipd.kernel.tables.register import step, table
from ipd.kernel.tables.table import PK, Parent
from teams.calculations.academy.plans import GOALS
from teams.models import (
    Competency,
    DevelopmentCheck,
    DevelopmentGoal,
    DevelopmentLevel,
    DevelopmentPlan,
    DevelopmentSignature,
)
from teams.models.academy.paths import ElementKind
from teams.models.academy.plans import PlanRole, PlanState, Standing
from teams.queries.academy.plans import digest_of, signers
from teams.tables.academy.cohorts import OF_ENROLMENT
from teams.tables.academy.practice import (
    OF_ELEMENT,
    TO_ELEMENT,
    OfLearners,
    at_noon,
    by_key,
    elements,
    mentors,
    of_element,
)
from teams.tables.academy.private import Mark, Private

OF_PLAN = (*OF_ELEMENT, "number")
OF_GOAL = (*OF_PLAN, "competency")
SIGNED = (PlanState.PROPOSED, PlanState.AGREED)


@table
class DevelopmentPlans(OfLearners):
    """The version that is in force, or waits for signatures; a draft is its writer's alone.

    Levels and goals come in while it is a draft, for they never change once it is signed.
    """

    name, title = "development_plans", _("Development plans")
    about = _("The version of a plan that is agreed, or waits for signatures.")
    model, key = DevelopmentPlan, OF_PLAN
    parents = TO_ELEMENT
    columns = (
        *of_element(),
        Whole(name="number", lowest=1, highest=99, help=_("Counts the versions.")),
        Choice(name="state", choices=SIGNED),
        Day(name="made_on"),
        Day(name="agreed_on", required=False),
    )

    def rows_of(self):
        return super().rows_of().filter(state__in=SIGNED)

    def check(self, rows, company):
        known = company.once(elements)
        levels = by_key(company, "development_levels", OF_PLAN)
        goals = by_key(company, "development_goals", OF_PLAN)
        signatures = by_key(company, "development_signatures", OF_PLAN)
        versions = by_key(company, self.name, OF_ELEMENT)
        for row in rows:
            element = known.get((row["path"], row["element"]))
            if element and element.kind != ElementKind.PDP:
                company.problem(self, row, "element", gettext("a development plan of that path"))
                continue
            key = self.key_of(row)
            if len(versions[key[:-1]]) > 1:
                company.problem(self, row, "number", gettext("one version of a plan"))
            if (row["state"] == PlanState.AGREED) != (row["agreed_on"] is not None):
                accepted = gettext("a day where it is agreed, else none")
                company.problem(self, row, "agreed_on", accepted)
            unsaid = set(company.once(competency_ids)) - {
                one["competency"] for one in levels.get(key, ())
            }
            if unsaid:
                accepted = gettext("a plan with a level in %(codes)s, too")
                told = {"codes": ", ".join(sorted(unsaid))}
                company.problem(self, row, "number", accepted % told)
            if not GOALS[0] <= len(goals.get(key, ())) <= GOALS[1]:
                company.problem(self, row, "number", gettext("a plan with two or three goals"))
            if element:
                self._signed(row, signers(element), signatures.get(key, ()), company)

    def _signed(self, row, asked, signatures, company):
        signed = {one["role"] for one in signatures}
        agreed = signed >= set(asked)
        if PlanRole.LEARNER not in signed or agreed != (row["state"] == PlanState.AGREED):
            accepted = gettext("agreed if %(roles)s have signed, proposed if not yet all of them")
            told = {"roles": ", ".join(role.value for role in asked)}
            company.problem(self, row, "state", accepted % told)

    def make(self, row, company):
        plan = super().make(row, company)
        plan.state = PlanState.DRAFT
        return plan


def competency_ids(company) -> dict[str, int]:
    """The ids of all competencies, by code."""
    return dict(Competency.objects.values_list("code", "pk"))


class OfCompetency(OfLearners):
    """A part of a plan that is about one competency."""

    def check(self, rows, company):
        known = company.once(competency_ids)
        sealed = company.stored("development_plans")
        for row in rows:
            if row["competency"] not in known:
                accepted = gettext("one of %(codes)s") % {"codes": ", ".join(sorted(known))}
                company.problem(self, row, "competency", accepted)
            is_new = self.key_of(row) not in company.stored(self.name)
            if is_new and tuple(row[name] for name in OF_PLAN) in sealed:
                accepted = gettext("what was there when the plan was signed")
                company.problem(self, row, "competency", accepted)

    def values(self, row, company, names=None):
        values = super().values(row, company, names)
        return values | {"competency_id": company.once(competency_ids)[values.pop("competency")]}


OF_A_PLAN = (Parent(field="plan", to="development_plans", by=OF_PLAN, accepts=_("a plan")),)


def of_plan(prefix: str = "plan__") -> tuple:
    """The columns that name a version of a plan."""
    return (
        *of_element(prefix),
        Whole(name="number", path=f"{prefix}number", lowest=1, highest=99),
    )


@table
class DevelopmentLevels(OfCompetency):
    name, title = "development_levels", _("Self-assessments of development plans")
    about = _("Where a learner stands in each competency, with a situation that shows it.")
    model, key = DevelopmentLevel, OF_GOAL
    parents = OF_A_PLAN
    columns = (
        *of_plan(),
        Text(name="competency", longest=20, path="competency__code"),
        Mark(name="level"),
        Private(name="situation", longest=4000),
    )

    def rows_of(self):
        return super().rows_of().filter(plan__state__in=SIGNED)


@table
class DevelopmentGoals(OfCompetency):
    name, title = "development_goals", _("Goals of development plans")
    about = _("From a level to a level: by which acts, seen by which evidence, until when.")
    model, key = DevelopmentGoal, OF_GOAL
    parents = OF_A_PLAN
    columns = (
        *of_plan(),
        Text(name="competency", longest=20, path="competency__code"),
        Mark(name="from_level"),
        Mark(name="to_level"),
        Private(name="acts", longest=4000),
        Private(name="evidence", longest=4000),
        Day(name="due_on"),
    )

    def rows_of(self):
        return super().rows_of().filter(plan__state__in=SIGNED)

    def check(self, rows, company):
        super().check(rows, company)
        for row in rows:
            if row["to_level"] <= row["from_level"]:
                company.problem(self, row, "to_level", gettext("a level above from_level"))


@step(follows=("development_plans", "development_levels", "development_goals"))
def plans_are_sealed(company) -> None:
    """Plans of which everything is in are what the file says they are, and never change."""
    plans = company.read.get("development_plans", {}).values()
    for state in SIGNED:
        pks = [row[PK] for row in plans if row["state"] == state and PK in row]
        drafts = DevelopmentPlan.objects.filter(pk__in=pks, state=PlanState.DRAFT)
        drafts.update(state=state)


@table
class DevelopmentSignatures(OfLearners):
    """A signature is of what the plan says, whoever brings it in."""

    name, title = "development_signatures", _("Signatures of development plans")
    about = _("Who signed a plan, in which role.")
    model, key = DevelopmentSignature, (*OF_PLAN, "role")
    parents = OF_A_PLAN
    follows = ("plans_are_sealed", "mentorships")
    columns = (
        *of_plan(),
        Choice(name="role", choices=tuple(PlanRole.values)),
        Reference(name="signed_by", to="people", path="person__code"),
        Day(name="signed_on", path="day"),
    )

    def rows_of(self):
        return super().rows_of().annotate(day=TruncDate("signed_at", tzinfo=UTC))

    def check(self, rows, company):
        for row in rows:
            enrolment = tuple(row[name] for name in OF_ENROLMENT)
            able = {
                PlanRole.LEARNER: {row["person"]},
                PlanRole.MANAGER: {(company.final("enrolments", *enrolment) or {}).get("manager")},
                PlanRole.MENTOR: company.once(mentors).get(enrolment, set()),
            }
            if row["signed_by"] not in able[row["role"]]:
                accepted = gettext("the learner, the manager or a mentor, as the role says")
                company.problem(self, row, "signed_by", accepted)

    def values(self, row, company, names=None):
        values = super().values(row, company, names)
        return values | {"signed_at": at_noon(values.pop("day"))}

    def add(self, rows, company):
        self.digests = {}
        super().add(rows, company)

    def make(self, row, company):
        signature = super().make(row, company)
        plan = signature.plan_id
        if plan not in self.digests:
            self.digests[plan] = digest_of(DevelopmentPlan(pk=plan))
        signature.sha256 = self.digests[plan]
        return signature


@table
class DevelopmentChecks(OfLearners):
    name, title = "development_checks", _("Checks of development plans")
    about = _("How far a goal was, once a quarter.")
    model, key = DevelopmentCheck, (*OF_GOAL, "checked_on")
    parents = (
        Parent(field="goal", to="development_goals", by=OF_GOAL, accepts=_("a goal of the plan")),
    )
    follows = ("plans_are_sealed",)
    columns = (
        *of_plan("goal__plan__"),
        Text(name="competency", longest=20, path="goal__competency__code"),
        Day(name="checked_on"),
        Choice(name="standing", choices=tuple(Standing.values)),
        Private(name="text", longest=4000),
        Reference(name="by", to="people", path="by__code"),
    )

    def check(self, rows, company):
        for row in rows:
            plan = company.final("development_plans", *(row[name] for name in OF_PLAN))
            agreed = plan and plan["agreed_on"]
            if agreed is None or row["checked_on"] < agreed:
                company.problem(self, row, "checked_on", gettext("a day after the plan was agreed"))
