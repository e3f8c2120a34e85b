"""One decision's record: the facts it rests on, and the proof that nobody touched them.

What was decided here is read from the facts frozen with it. Imported history has none; its
record is drawn from the imported rows, and says so.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from gates.models import Decision, Outcome, ReviewCriterion, Vote
from gates.models.criteria import Assessment
from gates.models.definitions import Weight
from ipd.kernel.actions import ledger
from ipd.kernel.models import LedgerEntry


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
    ballots: list[Ballot] = field(default_factory=list)
    tally: list[tuple[str, str, int]] = field(default_factory=list)
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


def facts_of(decision: Decision) -> Facts:
    """The frozen facts; of imported history, its rows."""
    frozen = decision.frozen or _imported(decision)
    outcomes = {
        outcome.code: outcome
        for outcome in Outcome.objects.filter(chain=decision.review.gate.chain_id)
    }
    locked = frozen.get("pack_locked_at")
    return Facts(
        criteria=[_criterion(given) for given in frozen.get("criteria", [])],
        ballots=_ballots(frozen.get("votes", []), outcomes),
        tally=_tally(frozen.get("votes", []), outcomes),
        present=frozen.get("present", []),
        delegates=frozen.get("delegates", []),
        conflicts=frozen.get("conflicts", []),
        quorum=frozen.get("quorum", {}),
        readiness_percent=frozen.get("readiness_percent"),
        pack_locked_at=parse_datetime(locked) if locked else None,
    )


def _criterion(given: dict) -> dict:
    weights, states = dict(Weight.choices), dict(Assessment.choices)
    return {
        **given,
        "weight_name": weights.get(given["weight"], given["weight"]),
        "state_name": states.get(given["state"], given["state"]),
        "evidence": given.get("evidence", []),
        "waiver": given.get("waiver"),
    }


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


def _imported(decision: Decision) -> dict:
    """Criteria, evidence and votes of an imported review, in the shape of frozen facts."""
    review = decision.review
    criteria = (
        ReviewCriterion.objects.filter(review=review)
        .select_related("function", "waiver__chair", "waiver__function_head")
        .prefetch_related("evidence")
    )
    votes = Vote.objects.standing().filter(review=review)
    return {
        "criteria": [_imported_criterion(row) for row in criteria if _has_reading(row)],
        "votes": [
            {
                "round": vote.round,
                "voter": vote.voter.name,
                "cast_by": vote.cast_by.name,
                "outcome": vote.outcome.code if vote.outcome else None,
                "reason": vote.reason,
            }
            for vote in votes.select_related("voter", "cast_by", "outcome")
        ],
        "readiness_percent": review.readiness_percent,
    }


def _has_reading(row: ReviewCriterion) -> bool:
    """Old reviews often came in without what was said about their criteria."""
    return row.state != Assessment.NO_DATA or bool(row.evidence.all())


def _imported_criterion(row: ReviewCriterion) -> dict:
    waiver = getattr(row, "waiver", None)
    signed = waiver is not None and waiver.is_signed
    return {
        "code": row.code,
        "text": row.text,
        "function": row.function.code,
        "weight": row.weight,
        "state": row.state,
        "comment": row.comment,
        "evidence": [
            {
                "title": item.title,
                "version": item.version,
                "sha256": item.sha256,
                "is_addendum": item.is_addendum,
            }
            for item in row.evidence.all()
        ],
        "waiver": {
            "reason": waiver.reason,
            "expires_on": waiver.expires_on.isoformat(),
            "chair": waiver.chair.name,
            "function_head": waiver.function_head.name,
        }
        if signed
        else None,
    }


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
    computed = ledger.entry_hash(
        previous=before.hash if before else ledger.GENESIS,
        sequence=entry.sequence,
        at=entry.at,
        actor_id=entry.actor_id,
        kind=entry.kind,
        subject=entry.subject,
        body=entry.body,
    )
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
