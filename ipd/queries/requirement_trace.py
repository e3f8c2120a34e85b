"""The trace of a product: coverage with the rows behind each gap, and the matrix of IR and SR."""

from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext_lazy as _

from ipd.kernel import keyset
from ipd.kernel.measures import MEASURES
from ipd.models import Product, Requirement
from ipd.models.requirement_words import OUT_STATES, TRACING, Level
from ipd.queries.requirement_shares import shares

ROWS, COLUMNS = 30, 24
# Which list shows the rows that a coverage is missing: (measure, level, view).
COVERAGES = (
    ("trace_coverage", Level.SR, "below"),
    ("forward_coverage", Level.IR, "below"),
    ("backward_coverage", Level.AR, "above"),
    ("verification_coverage", Level.SR, "untested"),
)
# A system requirement reaches an initial one directly, or through features and problems.
CELLS = """
WITH RECURSIVE down(top, id, level) AS (
    SELECT r.id, r.id, r.level FROM ipd_requirement r WHERE r.id = ANY(%(above)s)
    UNION
    SELECT down.top, l.lower_id, l.lower_level
    FROM down JOIN ipd_requirementlink l ON l.upper_id = down.id
    WHERE l.kind = ANY(%(tracing)s) AND down.level IN ('IR', 'PB', 'SF')
      AND l.lower_level IN ('PB', 'SF', 'SR'))
SELECT DISTINCT top, id FROM down WHERE id = ANY(%(below)s)
"""
PAIRS = """
WITH RECURSIVE down(top, id, level) AS (
    SELECT r.id, r.id, r.level FROM ipd_requirement r
    WHERE r.product_id = %(product)s AND r.level = 'IR' AND NOT r.status = ANY(%(out)s)
    UNION
    SELECT down.top, l.lower_id, l.lower_level
    FROM down JOIN ipd_requirementlink l ON l.upper_id = down.id
    WHERE l.kind = ANY(%(tracing)s) AND down.level <> 'AR'
      AND l.lower_level IN ('PB', 'SF', 'SR', 'AR')),
traced AS (SELECT DISTINCT top, id FROM down WHERE level = 'SR')
SELECT i.code, i.title, s.code, s.title, s.status, s.is_tested,
    (SELECT string_agg(a.code, ' ' ORDER BY a.code) FROM ipd_requirementlink l
     JOIN ipd_requirement a ON a.id = l.lower_id AND a.level = 'AR'
     WHERE l.upper_id = s.id AND l.kind = ANY(%(tracing)s))
FROM ipd_requirement i
LEFT JOIN traced ON traced.top = i.id
LEFT JOIN ipd_requirement s ON s.id = traced.id
WHERE i.product_id = %(product)s AND i.level = 'IR' AND NOT i.status = ANY(%(out)s)
ORDER BY i.code, s.code
"""


@dataclass(frozen=True)
class Coverage:
    """One coverage: what is covered of what, and the list that shows the rest."""

    label: str
    covered: int
    total: int
    percent: float | None
    level: str
    view: str
    detail: str

    @property
    def missing(self) -> int:
        return self.total - self.covered

    @property
    def tone(self) -> str:
        if self.percent is None:
            return "none"
        return "on" if self.percent >= 95 else "risk" if self.percent >= 80 else "off"


@dataclass(frozen=True)
class Matrix:
    """A window of the matrix; `after` leads to the next initial requirements."""

    columns: list[Requirement]
    rows: list[tuple[Requirement, list[bool]]]
    after: str
    next_columns: str


def coverages(product: Product) -> list[Coverage]:
    """The four coverages, from the measures that gates read, too."""
    readings = shares([product.pk], [key for key, _level, _view in COVERAGES])
    found = []
    for key, level, view in COVERAGES:
        reading = readings[key].get(product.pk)
        figure = MEASURES[key].figure(reading)
        found.append(
            Coverage(
                str(MEASURES[key].label),
                int(reading.numerator) if reading else 0,
                int(reading.denominator) if reading else 0,
                float(figure) if figure is not None else None,
                str(level),
                view,
                reading.detail if reading else str(_("Nothing to measure yet.")),
            )
        )
    return found


def matrix(product: Product, *, after: str, columns_after: str) -> Matrix:
    """A window of initial requirements against one of system requirements; links lead on."""
    alive = Requirement.objects.filter(product=product).alive().only("code", "title", "status")
    above = keyset.part(alive.filter(level=Level.IR), ("code",), after=after, size=ROWS)
    below = keyset.part(alive.filter(level=Level.SR), ("code",), after=columns_after, size=COLUMNS)
    columns = below.rows
    with connection.cursor() as cursor:
        cursor.execute(
            CELLS,
            {
                "above": [row.pk for row in above.rows],
                "below": [column.pk for column in columns],
                "tracing": list(TRACING),
            },
        )
        filled = set(cursor.fetchall())
    rows = [(row, [(row.pk, column.pk) in filled for column in columns]) for row in above.rows]
    return Matrix(columns, rows, above.after, below.after)


def pairs(product: Product):
    """Each initial requirement with each system requirement below it, for a file."""
    with connection.cursor() as cursor:
        cursor.execute(
            PAIRS, {"product": product.pk, "tracing": list(TRACING), "out": list(OUT_STATES)}
        )
        yield from cursor
