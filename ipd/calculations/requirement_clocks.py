"""How long each step of a requirement may take, and what its stamps say about it."""

from datetime import date, timedelta

# Working days.
ACKNOWLEDGE_DAYS, ANALYSE_DAYS, DISTRIBUTE_DAYS = 2, 10, 5
# Calendar days a requester has to confirm, twice before silence counts as yes.
CONFIRM_DAYS = 30
ASKED_AT_MOST = 2
# Calendar days after which a raw requirement has waited too long.
OLD_DAYS = 30


def confirm_by(delivered_on: date) -> date:
    """The day up to which the requester may say whether it is what they asked for.

    >>> confirm_by(date(2026, 11, 22))
    datetime.date(2026, 12, 22)
    """
    return delivered_on + timedelta(days=CONFIRM_DAYS)


def stability(changed: int, kept: int) -> float | None:
    """The stability index, 1 − changed ÷ kept, in percent, not below 0; None without a baseline.

    >>> stability(44, 400), stability(30, 20), stability(1, 0)
    (89.0, 0.0, None)
    """
    return max(0.0, 100 - 100 * changed / kept) if kept else None
