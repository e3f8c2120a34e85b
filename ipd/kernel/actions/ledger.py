"""Writing the ledger and proving it: the only place that appends to it."""

import hashlib
import json
import unicodedata
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from ipd.kernel.models import LedgerEntry

GENESIS = "0" * 64
CHAIN_LOCK = 7_310_001  # any number, the same for all writers


def canonical(value: Any) -> str:
    """JSON with sorted keys, no spaces and NFC text: one text for one fact.

    >>> canonical({"b": 1, "a": "é"})
    '{"a":"é","b":1}'
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return unicodedata.normalize("NFC", text)


def digest(value: Any) -> str:
    """SHA-256 of a value's canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def entry_hash(
    *,
    previous: str,
    sequence: int,
    at: datetime,
    actor_id: int | None,
    kind: str,
    subject: str,
    body: Any,
) -> str:
    """SHA-256, in hexadecimal, over the previous hash and the entry's canonical JSON."""
    facts = [previous, sequence, at.isoformat(), actor_id, kind, subject, body]
    return digest(facts)


@transaction.atomic
def record(*, kind: str, subject: str, body: dict, by=None) -> LedgerEntry:
    """Append one entry, in the transaction of the change it records.

    An advisory lock orders the writers until they commit, so the chain has no gap and no fork.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = LedgerEntry.objects.order_by("-sequence").first()
    at = timezone.now()
    body = json.loads(canonical(body))
    facts = {
        "sequence": last.sequence + 1 if last else 1,
        "at": at,
        "kind": kind,
        "subject": subject,
        "body": body,
        "actor_id": by.pk if by else None,
    }
    previous = last.hash if last else GENESIS
    return LedgerEntry.objects.create(
        **facts, previous_hash=previous, hash=entry_hash(previous=previous, **facts)
    )


def proof_of(entry: LedgerEntry, *, previous: str) -> str:
    """The hash that the entry has to have when it follows an entry with the hash `previous`."""
    return entry_hash(
        previous=previous,
        sequence=entry.sequence,
        at=entry.at,
        actor_id=entry.actor_id,
        kind=entry.kind,
        subject=entry.subject,
        body=entry.body,
    )


def verify(checkpoint: dict | None = None) -> list[str]:
    """What is wrong with the chain, a sentence each; an empty list when it holds.

    checkpoint  {"sequence": …, "hash": …} kept outside: shows a tail that was cut off.
    """
    wrong, previous, expected, seen = [], GENESIS, 1, {}
    for entry in LedgerEntry.objects.order_by("sequence").iterator(chunk_size=5000):
        if entry.sequence != expected:
            wrong.append(f"Entry {expected} is missing.")
            expected = entry.sequence
        if entry.previous_hash != previous:
            wrong.append(f"Entry {entry.sequence} does not follow the one before it.")
        if proof_of(entry, previous=entry.previous_hash) != entry.hash:
            wrong.append(f"Entry {entry.sequence} was changed after it was written.")
        previous, expected = entry.hash, expected + 1
        if checkpoint and entry.sequence == checkpoint["sequence"]:
            seen = {"hash": entry.hash}
    if checkpoint and seen.get("hash") != checkpoint["hash"]:
        wrong.append(f"The checkpoint at entry {checkpoint['sequence']} is not in the chain.")
    return wrong
