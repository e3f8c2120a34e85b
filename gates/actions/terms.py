"""The terms of a decision: what each outcome must say, and what is refused as incomplete."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from gates.actions.effects import latest_return, next_gate
from gates.models import Decision, Outcome, ReasonCode, Review, ReviewCriterion, Vote
from gates.permissions import Voter
from ipd.kernel.access import Refused
from ipd.kernel.days import today
from ipd.models import Product
from teams.models import Function, Person

SHORTEST_RATIONALE = 80  # characters
SHORTEST_OVERRIDE = 40
NO_COLUMNS = ("conditions", "dissents", "cites")


@dataclass
class NewCondition:
    """One condition as the board words it; see `gates.models.Condition` for the fields.

    criterion  what it was given for, where it rests on one
    """

    text: str
    kind: str
    owner: Person
    function: Function
    due_on: date
    acceptance_test: str
    verifier: Person
    consequence: str
    criterion: ReviewCriterion | None = None

    def as_fields(self) -> dict:
        return {name: value for name, value in vars(self).items() if name != "criterion"}


@dataclass
class Terms:
    """Everything a signature covers besides the outcome. Amounts in the product's currency.

    cites  the criteria that a stop rests on; those of conditions stand with them
    """

    rationale: str
    override_rationale: str = ""
    reason_code: ReasonCode | None = None
    next_on: date | None = None
    amount: Decimal | None = None
    sunk_cost: Decimal | None = None
    currency: str = "EUR"
    expires_on: date | None = None
    restart_trigger: str = ""
    reuse_plan: str = ""
    changes_asked: str = ""
    correction_reason: str = ""
    conditions: list[NewCondition] = field(default_factory=list)
    dissents: list[tuple[Person, str]] = field(default_factory=list)
    cites: list[ReviewCriterion] = field(default_factory=list)

    def as_fields(self) -> dict:
        """The columns of Decision."""
        return {name: value for name, value in vars(self).items() if name not in NO_COLUMNS}

    def as_record(self) -> dict:
        """Plain values for the ledger; people by id."""
        fields = self.as_fields()
        fields["reason_code"] = self.reason_code.code if self.reason_code else None
        fields["dissents"] = [[person.pk, reason] for person, reason in self.dissents]
        fields["cites"] = [criterion.code for criterion in self.cites]
        fields["conditions"] = [
            {
                **condition.as_fields(),
                "criterion": condition.criterion.code if condition.criterion else None,
                "owner": condition.owner.pk,
                "verifier": condition.verifier.pk,
                "function": condition.function.code,
            }
            for condition in self.conditions
        ]
        return fields

    @classmethod
    def of(cls, decision: Decision) -> "Terms":
        """The terms of a decision that stands, for its correction."""
        names = [name for name in cls.__dataclass_fields__ if name not in NO_COLUMNS]
        dissents = [(row.person, row.reason) for row in decision.dissents.select_related("person")]
        return cls(**{name: getattr(decision, name) for name in names}, dissents=dissents)


def refuse_incomplete(
    review: Review, outcome: Outcome, terms: Terms, *, voters: list[Voter]
) -> None:
    """Raise Refused with every sentence that is missing or wrong for this outcome."""
    standing = list(review.votes.standing().select_related("outcome"))
    wrong = [
        *_texts(outcome, terms, overruled=overruled(outcome, standing)),
        *_dates(review, outcome, terms),
        *_amounts(outcome, terms),
        *_conditions(review, outcome, terms),
        *_dissents(terms, voters),
        *_cited(review, terms),
    ]
    if wrong:
        raise Refused(" ".join(wrong))


def overruled(outcome: Outcome, votes: Collection[Vote]) -> str:
    """The outcome for which more than half voted, by name, when this one goes against it.

    votes  those that stand, with their outcomes; the last round counts.

    A go with conditions does not go against a go: both let the product advance.
    """
    last = max((vote.round for vote in votes), default=0)
    counted = Counter(vote.outcome for vote in votes if vote.round == last and vote.outcome)
    for voted, count in counted.items():
        if 2 * count > counted.total() and voted != outcome:
            return "" if voted.advances and outcome.advances else voted.name
    return ""


def _texts(outcome: Outcome, terms: Terms, *, overruled: str) -> list[str]:
    wrong = []
    if len(terms.rationale.strip()) < SHORTEST_RATIONALE:
        wrong.append(
            _("Give the reasons in a paragraph, at least %d characters.") % SHORTEST_RATIONALE
        )
    if overruled and len(terms.override_rationale.strip()) < SHORTEST_OVERRIDE:
        wrong.append(_("A majority voted “%s”: say why the chair decides otherwise.") % overruled)
    if outcome.needs_reason_code and terms.reason_code is None:
        wrong.append(_("Choose a reason code."))
    if outcome.needs_restart_trigger and not terms.restart_trigger.strip():
        wrong.append(_("Name what would restart it."))
    if outcome.needs_reuse_plan and not terms.reuse_plan.strip():
        wrong.append(_("Say where people and assets go."))
    if outcome.needs_changes and not terms.changes_asked.strip():
        wrong.append(_("Say what must change."))
    return wrong


def _dates(review: Review, outcome: Outcome, terms: Terms) -> list[str]:
    wrong, day = [], today()
    last_gate = outcome.advances and next_gate(Product(pk=review.product_id), review.gate) is None
    if outcome.needs_next_date and terms.next_on is None and not last_gate:
        wrong.append(_("Set the day of the next review."))
    if terms.next_on is not None and terms.next_on <= day:
        wrong.append(_("The next review is on a day ahead."))
    if outcome.comes_back and terms.next_on and terms.next_on > latest_return(day):
        wrong.append(_("It comes back within 60 working days."))
    if outcome.needs_expiry and (terms.expires_on is None or terms.expires_on <= day):
        wrong.append(_("Set the day on which it expires, ahead of today."))
    return wrong


def _amounts(outcome: Outcome, terms: Terms) -> list[str]:
    wrong = []
    if outcome.releases_money and terms.amount is None:
        wrong.append(_("State the amount released; 0 releases nothing."))
    if outcome.cancels and terms.sunk_cost is None:
        wrong.append(_("State the sunk cost."))
    if any(value is not None and value < 0 for value in (terms.amount, terms.sunk_cost)):
        wrong.append(_("An amount is not negative."))
    return wrong


def _conditions(review: Review, outcome: Outcome, terms: Terms) -> list[str]:
    wrong = []
    if outcome.needs_conditions and not terms.conditions:
        wrong.append(_("“%s” needs at least one condition.") % outcome.name)
    if terms.conditions and not outcome.needs_conditions:
        wrong.append(_("“%s” carries no conditions.") % outcome.name)
    seers: dict[int, bool] = {}
    for number, condition in enumerate(terms.conditions, start=1):
        if condition.owner == condition.verifier:
            wrong.append(_("Condition %d: its owner does not verify it.") % number)
        if condition.due_on < today():
            wrong.append(_("Condition %d: the due day has passed.") % number)
        for person in (condition.owner, condition.verifier):
            if person.pk not in seers:
                visible = Product.objects.visible_to(person).filter(pk=review.product_id)
                seers[person.pk] = visible.exists()
            if not seers[person.pk]:
                wrong.append(
                    _("Condition %(number)d: %(person)s may not see this product.")
                    % {"number": number, "person": person}
                )
    return wrong


def _dissents(terms: Terms, voters: list[Voter]) -> list[str]:
    members = {voter.person.pk for voter in voters}
    return [
        _("%s has no vote here and so no dissent.") % person
        for person, _reason in terms.dissents
        if person.pk not in members
    ]


def _cited(review: Review, terms: Terms) -> list[str]:
    cited = [*terms.cites, *(one.criterion for one in terms.conditions if one.criterion)]
    if any(criterion.review_id != review.pk for criterion in cited):
        return [_("A decision rests on criteria of its own review.")]
    return []
