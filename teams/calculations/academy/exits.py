"""When an element is done by its parts, and when a stage of a path may be left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

DONE = "done"


@dataclass(frozen=True)
class Standing:
    """How far an element is: state, score in percent, least level of a rubric, how many rated,
    and which roles have agreed."""

    state: str = ""
    score: float | None = None
    level: float | None = None
    assessors: int = 0
    agreed: frozenset[str] = frozenset()
    is_fatal: bool = False


NOTHING = Standing()


def whole(parts: Iterable[Standing], needed: int) -> Standing:
    """An element of several parts: done when `needed` of them are; its score is the least of
    the best that count, and a fatal error in one of these is one of the whole. Handed in when
    what it lacks lies with others.

    >>> whole([Standing("done", 90), Standing("done", 80), Standing("failed", 40)], 2)
    Standing(state='done', score=80, level=None, assessors=0, agreed=frozenset(), is_fatal=False)
    >>> whole([Standing("done", 90)], 2).state
    'started'
    >>> whole([Standing("done"), Standing("submitted")], 2).state
    'submitted'
    """
    parts = list(parts)
    done = [part for part in parts if part.state == DONE]
    done.sort(key=lambda part: (not part.is_fatal, part.score or 0), reverse=True)
    if len(done) < needed:
        handed_in = sum(part.state == "submitted" for part in parts)
        return Standing(state="submitted" if len(done) + handed_in >= needed else "started")
    counted = done[:needed]
    scores = [part.score for part in counted if part.score is not None]
    return Standing(
        state=DONE,
        score=min(scores) if scores else None,
        is_fatal=any(part.is_fatal for part in counted),
    )


def missing(rules: Iterable[Mapping], standings: Mapping[str, Standing]) -> list[Mapping]:
    """The rules of a stage's exit that do not hold yet; none when it may be left.

    >>> rules = [{"rule": "element_done", "element": "A"}]
    >>> missing(rules, {}), missing(rules, {"A": Standing("done")})
    ([{'rule': 'element_done', 'element': 'A'}], [])
    """
    return [rule for rule in rules if not _HOLDS[rule["rule"]](rule, standings)]


def _of(standings, code) -> Standing:
    return standings.get(code, NOTHING)


def _done(rule, standings):
    return _of(standings, rule["element"]).state == DONE


def _scored(rule, standings):
    found = [_of(standings, code) for code in rule["elements"]]
    return all(
        one.state == DONE and one.score is not None and one.score >= rule["percent"]
        for one in found
    )


def _rated(rule, standings):
    one = _of(standings, rule["element"])
    return (
        one.level is not None
        and one.level >= rule["level"]
        and (one.assessors >= rule.get("assessors", 1))
    )


def _agreed(rule, standings):
    return _of(standings, rule["element"]).agreed >= set(rule["roles"])


def _not_fatal(rule, standings):
    one = _of(standings, rule["element"])
    return one.state == DONE and not one.is_fatal


_HOLDS = {
    "element_done": _done,
    "board_passed": _done,
    "score_at_least": _scored,
    "rubric_at_least": _rated,
    "agreed_by": _agreed,
    "accepted_by": _agreed,
    "no_fatal": _not_fatal,
}
RULES = frozenset(_HOLDS)
