"""One decision's record: the facts it rests on, and the proof that nobody touched them.

What was decided here is read from the facts frozen with it. Imported history has none; its
record is drawn from the imported rows, and says so.
"""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from gates.models import Decision, Outcome, ReviewCriterion
from gates.models.criteria import Assessment
from gates.models.definitions import Weight
from gates.queries import facts as fact_words
from gates.queries import frozen
from ipd.kernel.actions import ledger
from ipd.kernel.models import LedgerEntry
from ipd.kernel.money import money


@dataclass(frozen=True)
class Ballot:
    """What one voter said in the two rounds."""

    voter: str
    through: str
    rounds: list[dict | None]


@dataclass
class Facts:
    """What lay before the body, as the record shows it."""

    criteria: list[dict] = field(default_factory=list)
    basis: list[tuple[str, str]] = field(default_factory=list)
    ballots: list[Ballot] = field(default_factory=list)
    tally: list[tuple[str, str, int]] = field(default_factory=list)
    presenters: list[dict] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    delegates: list[dict] = field(default_factory=list)
    conflicts: list[dict] = field(default_factory=list)
    quorum: dict = field(default_factory=dict)
    readiness_percent: int | None = None
    pack_locked_at: datetime | None = None

    @property
    def evidence_count(self) -> int:
        return sum(len(criterion["evidence"]) for criterion in self.criteria)

    @property
    def was_voted_twice(self) -> bool:
        return any(ballot.rounds[1] for ballot in self.ballots)

    @property
    def waivers(self) -> list[dict]:
        return [criterion for criterion in self.criteria if criterion["waiver"]]


@dataclass(frozen=True)
class Proof:
    """What a recomputation of the hashes found."""

    tone: str
    verdict: str
    sentences: list[str]


def _failed(sentences: list[str]) -> Proof:
    return Proof("off", _("The record could not be proved."), sentences)


def facts_of(decision: Decision, *, granted: bool, everything: bool = False) -> Facts:
    """The frozen facts; of imported history, its rows.

    granted     whether the reader may see money
    everything  of imported history also the criteria that nothing was said about
    """
    kept = decision.frozen or _imported(decision, everything)
    product = decision.review.product_id
    outcomes = {
        outcome.code: outcome
        for outcome in Outcome.objects.filter(chain=decision.review.gate.chain_id)
    }
    locked = kept.get("pack_locked_at")
    return Facts(
        criteria=[criterion(given, product, granted=granted) for given in kept.get("criteria", [])],
        basis=basis(kept.get("basis") or {}, granted=granted),
        ballots=_ballots(kept.get("votes", []), outcomes),
        tally=_tally(kept.get("votes", []), outcomes),
        presenters=kept.get("presenters", []),
        present=kept.get("present", []),
        delegates=kept.get("delegates", []),
        conflicts=kept.get("conflicts", []),
        quorum=kept.get("quorum", {}),
        readiness_percent=kept.get("readiness_percent"),
        pack_locked_at=parse_datetime(locked) if locked else None,
    )


def criterion(given: dict, product: int, *, granted: bool) -> dict:
    weights, states = dict(Weight.choices), dict(Assessment.choices)
    return {
        **given,
        "weight_name": weights.get(given["weight"], given["weight"]),
        "state_name": states.get(given["state"], given["state"]),
        "evidence": given.get("evidence", []),
        "waiver": given.get("waiver"),
        "shown": fact_words.shown(given.get("fact"), product, granted=granted),
    }


def basis(given: dict, *, granted: bool) -> list[tuple[str, str]]:
    """The versions the decision was about, each with its name; those there were."""
    lines = []
    if plan := given.get("plan"):
        until = (plan["finishes_at"] or "")[:10] or "–"
        told = {"version": plan["version"], "day": until}
        lines.append((_("Plan"), _("version %(version)s, finishing %(day)s") % told))
    if baseline := given.get("baseline"):
        lines.append((_("Baseline"), f"{baseline['number']} {baseline['name']}"))
    if contract := given.get("contract"):
        told = {"version": contract["version"], "day": contract["ga_on"]}
        lines.append((_("Contract"), _("version %(version)s, available %(day)s") % told))
    if budget := given.get("budget"):
        total = Decimal(budget["total"])
        lines.append((_("Budget"), money(total, budget["currency"], granted=granted)))
    return lines


def _ballots(votes: list[dict], outcomes: dict[str, Outcome]) -> list[Ballot]:
    """One line per voter, the sealed vote beside the one after the discussion."""
    lines: dict[str, Ballot] = {}
    for vote in sorted(votes, key=lambda vote: (vote["voter"], vote["round"])):
        through = vote["cast_by"] if vote["cast_by"] != vote["voter"] else ""
        ballot = lines.setdefault(vote["voter"], Ballot(vote["voter"], through, [None, None]))
        ballot.rounds[vote["round"] - 1] = _said(vote, outcomes)
    return list(lines.values())


def _said(vote: dict, outcomes: dict[str, Outcome]) -> dict:
    outcome = outcomes.get(vote["outcome"] or "")
    return {
        "name": outcome.name if outcome else vote["outcome"] or _("Abstained"),
        "tone": outcome.tone if outcome else "none",
        "reason": vote.get("reason", ""),
    }


def _tally(votes: list[dict], outcomes: dict[str, Outcome]) -> list[tuple[str, str, int]]:
    """(name, tone, count) of the last round that was voted in, in the process's order."""
    last = max((vote["round"] for vote in votes), default=0)
    counted: dict[str, int] = {}
    for vote in votes:
        if vote["round"] == last:
            counted[vote["outcome"] or ""] = counted.get(vote["outcome"] or "", 0) + 1
    rows = [(o.name, o.tone, counted[code]) for code, o in outcomes.items() if code in counted]
    if "" in counted:
        rows.append((_("Abstained"), "none", counted[""]))
    return rows


def _imported(decision: Decision, everything: bool) -> dict:
    """Criteria, evidence and votes of an imported review, in the shape of frozen facts."""
    review = decision.review
    return {
        "criteria": [
            frozen.criterion(row)
            for row in frozen.criteria_of(review)
            if everything or _has_reading(row)
        ],
        "votes": [frozen.vote(vote) for vote in frozen.votes_of(review)],
        "readiness_percent": review.readiness_percent,
    }


def _has_reading(row: ReviewCriterion) -> bool:
    """Old reviews often came in without what was said about their criteria."""
    return row.state != Assessment.NO_DATA or bool(row.evidence.all())


def prove(decision: Decision) -> Proof:
    """Compute the hash of the frozen facts and of the ledger entry anew, and compare."""
    if decision.ledger_sequence is None:
        return Proof("info", _("There is nothing to prove."), [_("Imported history has no hash.")])
    wrong = []
    digest = ledger.digest(decision.frozen)
    if digest != decision.frozen_hash:
        wrong.append(_("The frozen facts do not have the hash that was recorded."))
    entries = {
        entry.sequence: entry
        for entry in LedgerEntry.objects.filter(
            sequence__in=[decision.ledger_sequence - 1, decision.ledger_sequence]
        )
    }
    entry = entries.get(decision.ledger_sequence)
    if entry is None:
        return _failed([*wrong, _("The ledger has no such entry.")])
    before = entries.get(entry.sequence - 1)
    computed = ledger.proof_of(entry, previous=before.hash if before else ledger.GENESIS)
    if not computed == entry.hash == decision.ledger_hash:
        wrong.append(_("The ledger entry does not have the hash that was recorded."))
    if entry.body.get("frozen") != digest:
        wrong.append(_("The ledger entry covers other facts than these."))
    if wrong:
        return _failed(wrong)
    return Proof(
        "on",
        _("The record is as it was signed."),
        [
            _("The frozen facts have the hash %(hash)s.") % {"hash": digest},
            _("Ledger entry %(number)d covers them and follows entry %(before)d unbroken.")
            % {"number": entry.sequence, "before": entry.sequence - 1},
        ],
    )
