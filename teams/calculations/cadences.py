"""In which months a KPI is read; a quarter's figure is of its last month."""

from datetime import date

MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6}


def is_read_in(cadence: str, month: date) -> bool:
    """Whether the month is one that the cadence reads; what is read at gates may be in any.

    >>> is_read_in("quarterly", date(2026, 9, 1)), is_read_in("quarterly", date(2026, 10, 1))
    (True, False)
    >>> is_read_in("half_yearly", date(2026, 9, 1)), is_read_in("at_gates", date(2026, 10, 1))
    (False, True)
    """
    return month.month % MONTHS.get(cadence, 1) == 0
