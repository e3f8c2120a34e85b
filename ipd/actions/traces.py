"""Links between requirements, their verifications, and the trace that follows from both."""

from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions.touches import touch
from ipd.models import Requirement, RequirementLink, Verification
from ipd.models.requirement_words import LEVELS, OUT_STATES, TRACING, LinkKind, Result
from teams.models import Person

TRACE_LOCK = 7_310_020  # any number, with the line's: who moves traces in a line waits in turn

# Whose trace may have moved: all above and below. What decides it: all above and below those.
# Between a system requirement and its initial one may stand a feature, a problem, or both.
RETRACE = """
WITH RECURSIVE
up(id) AS (
    SELECT unnest(%(ids)s::bigint[])
    UNION
    SELECT l.upper_id FROM ipd_requirementlink l JOIN up ON l.lower_id = up.id
    WHERE l.kind = ANY(%(tracing)s)),
down(id) AS (
    SELECT unnest(%(ids)s::bigint[])
    UNION
    SELECT l.lower_id FROM ipd_requirementlink l JOIN down ON l.upper_id = down.id
    WHERE l.kind = ANY(%(tracing)s)),
moved AS (SELECT id FROM up UNION SELECT id FROM down),
above(id) AS (
    SELECT id FROM moved
    UNION
    SELECT l.upper_id FROM ipd_requirementlink l JOIN above ON l.lower_id = above.id
    WHERE l.kind = ANY(%(tracing)s)),
below(id) AS (
    SELECT id FROM moved
    UNION
    SELECT l.lower_id FROM ipd_requirementlink l JOIN below ON l.upper_id = below.id
    WHERE l.kind = ANY(%(tracing)s)),
near AS (SELECT id FROM above UNION SELECT id FROM below),
pairs AS (
    SELECT l.lower_id AS below, l.upper_id AS above, l.lower_level, l.upper_level
    FROM near
    JOIN ipd_requirementlink l ON l.lower_id = near.id AND l.kind = ANY(%(tracing)s)
    JOIN ipd_requirement lower ON lower.id = l.lower_id AND NOT lower.status = ANY(%(out)s)
    JOIN ipd_requirement upper ON upper.id = l.upper_id AND NOT upper.status = ANY(%(out)s)),
ends AS (
    SELECT below, above, lower_level, upper_level FROM pairs
    UNION
    SELECT a.below, b.above, a.lower_level, b.upper_level
    FROM pairs a JOIN pairs b ON b.below = a.above WHERE a.upper_level IN ('SF', 'PB')
    UNION
    SELECT a.below, c.above, a.lower_level, c.upper_level
    FROM pairs a JOIN pairs b ON b.below = a.above JOIN pairs c ON c.below = b.above
    WHERE a.upper_level = 'SF' AND b.upper_level = 'PB'),
rising AS (
    SELECT DISTINCT below AS id FROM ends
    WHERE upper_level = CASE lower_level WHEN 'SR' THEN 'IR' WHEN 'AR' THEN 'SR'
                        ELSE upper_level END),
falling AS (
    SELECT DISTINCT above AS id FROM ends
    WHERE lower_level = CASE upper_level WHEN 'IR' THEN 'SR' WHEN 'SR' THEN 'AR'
                        ELSE lower_level END),
facts AS (
    SELECT r.id, r.id IN (SELECT id FROM rising) AS upward,
        r.id IN (SELECT id FROM falling) AS downward,
        EXISTS (SELECT FROM ipd_verification v
                WHERE v.requirement_id = r.id AND v.result = 'passed') AS is_tested
    FROM ipd_requirement r JOIN moved ON moved.id = r.id)
UPDATE ipd_requirement r
SET upward = facts.upward, downward = facts.downward, is_tested = facts.is_tested
FROM facts
WHERE r.id = facts.id
  AND (r.upward, r.downward, r.is_tested)
      IS DISTINCT FROM (facts.upward, facts.downward, facts.is_tested)
"""


def retrace(ids: Iterable[int]) -> None:
    """Bring the trace of these requirements, and of all they hang together with, up to date."""
    numbers = {"ids": list(ids), "tracing": list(TRACING), "out": list(OUT_STATES)}
    with connection.cursor() as cursor:
        cursor.execute(RETRACE, numbers)


def hold(*line_ids: int) -> None:
    """Wait for whoever else moves traces of these lines, until the transaction ends.

    Taken before any row, so that two who move neighbouring requirements never wait in a circle.
    """
    with connection.cursor() as cursor:
        for line in sorted(set(line_ids)):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [TRACE_LOCK, line])


def _moved(*requirements: Requirement) -> None:
    retrace([one.pk for one in requirements])
    touch(one.product_id for one in requirements if one.product_id)


@transaction.atomic
def link(lower: Requirement, upper: Requirement, *, kind: str, by: Person) -> RequirementLink:
    """Say that `lower` is derived from (satisfies, verifies, conflicts with) `upper`.

    Refused upwards and sideways for what carries a trace, to itself, and twice.
    """
    hold(lower.line_id, upper.line_id)
    if lower.pk == upper.pk:
        raise Refused(_("A requirement is not linked to itself."))
    if kind in TRACING and LEVELS.index(lower.level) <= LEVELS.index(upper.level):
        raise Refused(
            _("A trace leads down: %(lower)s (%(low)s) cannot come from %(upper)s (%(up)s).")
            % {"lower": lower.code, "low": lower.level, "upper": upper.code, "up": upper.level}
        )
    if kind == LinkKind.CONFLICTS and lower.pk < upper.pk:
        lower, upper = upper, lower
    made, new = RequirementLink.objects.get_or_create(
        lower=lower,
        upper=upper,
        kind=kind,
        defaults={"lower_level": lower.level, "upper_level": upper.level},
    )
    if not new:
        raise Refused(
            _("%(lower)s and %(upper)s are linked so already.")
            % {
                "lower": lower.code,
                "upper": upper.code,
            }
        )
    _moved(lower, upper)
    return made


@transaction.atomic
def unlink(found: RequirementLink, *, by: Person) -> None:
    """Take a link away; nothing happens when somebody else just did."""
    hold(found.lower.line_id, found.upper.line_id)
    RequirementLink.objects.filter(pk=found.pk).delete()
    _moved(found.lower, found.upper)


@transaction.atomic
def verify(
    requirement: Requirement,
    *,
    code: str,
    title: str,
    method: str,
    result: str,
    run_on: date | None,
    link: str = "",
    by: Person,
) -> Verification:
    """Enter a verification, or how it ended when run again (the same code)."""
    hold(requirement.line_id)
    if result != Result.NOT_RUN and run_on is None:
        raise Refused(_("Say on which day it ran."))
    facts = {"title": title, "method": method, "result": result, "run_on": run_on, "link": link}
    made, _new = Verification.objects.update_or_create(
        requirement=requirement, code=code, defaults=facts
    )
    _moved(requirement)
    return made
