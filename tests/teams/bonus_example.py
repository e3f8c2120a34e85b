"""The worked example of the domain reference, §4.4: what goes in."""

from decimal import Decimal


def _row(text: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(part) for part in text.split())


# Floor, target, stretch; weights in percent.
KPIS = {
    "SCH_DEV": _row("20 5 0"),
    "GATE_FPY": _row("60 85 100"),
    "CSAT": _row("70 85 92"),
    "EAC_DEV": _row("20 5 0"),
    "TC_ATT": _row("90 100 105"),
    "DEF_DEN": _row("1.2 0.6 0.3"),
}
WEIGHTS = _row("25 10 20 15 10 20")
FIGURES = {
    "P10": _row("-1 100 88 -6.7 101 0.45"),
    "P05": _row("12 100 82 15.2 97 0.70"),
    "P01": _row("29 50 74 48.7 91 1.30"),
}
# FTE-years × grade, and the gate factor: P05 has a condition overdue since 38 days.
TEAMS = {"P10": _row("6.5 1"), "P05": _row("13.0 0.9"), "P01": _row("17.5 1")}
# Participation, grade, contribution.
INSIDE_P10 = {
    "LPDT": _row("1.0 1.6 1.05"),
    "SE": _row("0.8 1.4 1.10"),
    "RD1": _row("1.0 1.0 1.00"),
    "RD2": _row("1.0 1.0 0.90"),
    "MKT": _row("0.4 1.2 1.00"),
    "MFG": _row("0.5 1.1 1.00"),
    "FIN": _row("0.2 1.2 1.00"),
    "PQA": _row("0.3 1.1 0.95"),
}
