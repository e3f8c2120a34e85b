"""How people write durations ("10", "2w", "4h") and links ("3FS+2d, A4SS-1d") of a plan.

Durations are working minutes. What cannot be read raises `Unreadable`, which says what is
wrong as a word and shows the piece; the forms make a sentence of it.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

PER_DAY, DAYS_PER_WEEK, DAYS_PER_MONTH = 480, 5, 20
MOST = 2_000_000_000  # what the database's column holds
NUMBER = r"\d{1,9}(?:[.,]\d{1,4})?"
DURATION = re.compile(rf"^(?P<number>{NUMBER})\s*(?P<unit>[a-z]*)$", re.IGNORECASE)
LINK = re.compile(
    r"^(?P<code>.*?)\s*(?P<kind>FS|SS|FF|SF)\s*"
    rf"(?:(?P<sign>[+\-−])\s*(?P<number>{NUMBER})\s*(?P<unit>[a-z]*|%))?$",
    re.IGNORECASE,
)
UNITS = {
    **dict.fromkeys(["m", "min", "mins", "minute", "minutes"], "minute"),
    **dict.fromkeys(["h", "hr", "hrs", "hour", "hours"], "hour"),
    **dict.fromkeys(["", "d", "day", "days"], "day"),
    **dict.fromkeys(["w", "wk", "wks", "week", "weeks"], "week"),
    **dict.fromkeys(["mo", "mon", "mons", "month", "months"], "month"),
}
ELAPSED = {"minute": 1, "hour": 60, "day": 1440, "week": 10080, "month": 43200}


class Unreadable(ValueError):
    """`what` is wrong with `piece`: duration, unit, link, code, itself, twice or large."""

    def __init__(self, what: str, piece: str):
        super().__init__(f"{what}: {piece}")
        self.what, self.piece = what, piece


@dataclass(frozen=True)
class WrittenLink:
    """A predecessor's code, "fs", "ss", "ff" or "sf", and the lag in minutes or percent."""

    code: str
    kind: str = "fs"
    lag: int = 0
    unit: str = "working"


def _minutes(number: str, unit: str, per_day: int, piece: str) -> int:
    found = UNITS.get(unit.lower())
    if found is None:
        raise Unreadable("unit", piece)
    days = {"day": 1, "week": DAYS_PER_WEEK, "month": DAYS_PER_MONTH}
    each = days[found] * per_day if found in days else {"minute": 1, "hour": 60}[found]
    minutes = round(float(number.replace(",", ".")) * each)
    if minutes > MOST:
        raise Unreadable("large", piece)
    return minutes


def minutes_of(text: str, *, per_day: int = PER_DAY) -> int:
    """Working minutes of a written duration; a bare number is days of `per_day` minutes.

    >>> minutes_of("10"), minutes_of("2w"), minutes_of("4 h"), minutes_of("1,5 d")
    (4800, 4800, 240, 720)
    >>> minutes_of("soon")
    Traceback (most recent call last):
        ...
    ipd.calculations.plan_words.Unreadable: duration: soon
    """
    text = text.strip()
    match = DURATION.match(text)
    if match is None:
        raise Unreadable("duration", text)
    return _minutes(match["number"], match["unit"], per_day, text)


def duration(minutes: int | None, *, per_day: int = PER_DAY) -> str:
    """Working minutes as people write them: days, or hours and minutes where days do not fit.

    >>> duration(4800), duration(240), duration(720), duration(3072), duration(95)
    ('10 d', '4 h', '1.5 d', '6.4 d', '95 min')
    >>> duration(0), duration(None)
    ('0 d', '')
    """
    if minutes is None:
        return ""
    days = round(minutes / per_day, 2)
    if round(days * per_day, 6) == minutes and (minutes % per_day == 0 or abs(minutes) > per_day):
        return f"{days:.10g} d"
    return f"{minutes / 60:g} h" if minutes % 30 == 0 else f"{minutes} min"


def links_of(
    text: str, *, known: Collection[str], own: str = "", per_day: int = PER_DAY
) -> list[WrittenLink]:
    """The links somebody wrote, separated by commas or semicolons, to activities of these codes.

    A piece that is a code as it stands is a plain finish-to-start link, whatever it ends in.

    >>> links_of("3FS+2d, A4SS-1d", known=["3", "A4"])
    [WrittenLink(code='3', kind='fs', lag=960, unit='working'), \
WrittenLink(code='A4', kind='ss', lag=-480, unit='working')]
    >>> links_of("a4; 3FF+50%; 7sf-2ed", known=["A4", "3", "7"])
    [WrittenLink(code='A4', kind='fs', lag=0, unit='working'), \
WrittenLink(code='3', kind='ff', lag=50, unit='percent'), \
WrittenLink(code='7', kind='sf', lag=-2880, unit='elapsed')]
    >>> links_of("9FS", known=["3"])
    Traceback (most recent call last):
        ...
    ipd.calculations.plan_words.Unreadable: code: 9
    """
    codes = {code.casefold(): code for code in known}
    found: dict[tuple[str, str], WrittenLink] = {}
    for piece in (part.strip() for part in re.split(r"[,;\n]", text)):
        if not piece:
            continue
        link = _link(piece, codes, per_day)
        if own and link.code.casefold() == own.casefold():
            raise Unreadable("itself", piece)
        if (link.code, link.kind) in found:
            raise Unreadable("twice", piece)
        found[link.code, link.kind] = link
    return list(found.values())


def _link(piece: str, codes: dict[str, str], per_day: int) -> WrittenLink:
    if code := codes.get(piece.casefold()):
        return WrittenLink(code)
    match = LINK.match(piece)
    if match is None:
        raise Unreadable("link" if re.search(r"[+\-−]\s*\d", piece) else "code", piece)
    code = codes.get(match["code"].casefold())
    if code is None:
        raise Unreadable("code", match["code"] or piece)
    if not match["sign"]:
        return WrittenLink(code, match["kind"].lower())
    unit, sign = match["unit"].lower(), 1 if match["sign"] == "+" else -1
    if unit == "%":
        lag, kind_of_unit = round(float(match["number"].replace(",", "."))), "percent"
    elif unit.startswith("e") and unit[1:] in UNITS:
        number = float(match["number"].replace(",", "."))
        lag, kind_of_unit = round(number * ELAPSED[UNITS[unit[1:]]]), "elapsed"
    else:
        lag, kind_of_unit = _minutes(match["number"], unit, per_day, piece), "working"
    if lag > MOST:
        raise Unreadable("large", piece)
    return WrittenLink(code, match["kind"].lower(), sign * lag, kind_of_unit)


def link_text(code: str, kind: str, lag: int, unit: str, *, per_day: int = PER_DAY) -> str:
    """A link as it is typed; what is usual is left out.

    >>> link_text("3", "fs", 960, "working"), link_text("A4", "ss", -480, "working")
    ('3FS+2d', 'A4SS-1d')
    >>> link_text("A4", "fs", 0, "working"), link_text("7", "sf", -2880, "elapsed")
    ('A4', '7SF-2ed')
    """
    if not lag:
        return code if kind == "fs" else f"{code}{kind.upper()}"
    sign, size = "-" if lag < 0 else "+", abs(lag)
    if unit == "percent":
        return f"{code}{kind.upper()}{sign}{size}%"
    if unit == "elapsed":
        whole = size % 1440 == 0
        return (
            f"{code}{kind.upper()}{sign}{size // 1440}ed"
            if whole
            else (f"{code}{kind.upper()}{sign}{size}emin")
        )
    words = duration(size, per_day=per_day).replace(" ", "")
    return f"{code}{kind.upper()}{sign}{words}"
