"""What a scenario's file may say: its tables, their keys, and that it can be played.

`problems(body)` gives sentences that name the place and what to do; none when the scenario can be
played. It looks at shapes first, then at what refers to what, then plays the paths.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite

from teams.calculations.academy.happenings import Impossible, Table
from teams.calculations.academy.plays import replay
from teams.calculations.academy.scenario_tables import (
    BODIES,
    BOUNDS,
    CASE,
    CHANNELS,
    EFFECTS,
    LATE,
    LONGEST,
    MOST,
    NUMBER,
    OPTION,
    SCORING,
    STATES,
    TABLES,
    TEXTS,
    TOP,
    WORDS,
)
from teams.calculations.academy.scores import DIMENSIONS, score


def problems(body: Table) -> list[str]:
    """What is wrong with a scenario, in sentences; the first kind of trouble alone."""
    if not isinstance(body, Mapping):
        return ["The scenario is not a table: write keys and values."]
    return list(_shapes(body)) or list(_meanings(body)) or list(_paths(body))


# Shapes


def _shapes(body: Table) -> Iterator[str]:
    yield from _keys(body, TOP | dict.fromkeys(TABLES, list), "scenario")
    for name, keys in TABLES.items():
        rows = body.get(name)
        if not isinstance(rows, list):
            continue
        if not 1 <= len(rows) <= MOST:
            yield f"{name}: has {len(rows)} entries; give 1 to {MOST}."
        for row in rows:
            yield from _row(row, keys, name)
    if isinstance(body.get("scoring"), Mapping):
        yield from _keys(body["scoring"], SCORING, "scoring")
    if isinstance(body.get("state"), Mapping):
        for name, bounds in body["state"].items():
            yield from _row(bounds, BOUNDS, f"state.{name}")


def _row(row, keys, where: str) -> Iterator[str]:
    if not isinstance(row, Mapping):
        yield f"{where}: has an entry that is not a table; write its keys and values."
        return
    where = f"{where} {row.get('code', row.get('title', ''))}".strip()
    yield from _keys(row, keys, where)
    for key, inside in (("options", OPTION), ("when", CASE)):
        for one in row[key] if isinstance(row.get(key), list) else ():
            yield from _row(one, inside, f"{where} {key}")
    if isinstance(row.get("late"), Mapping):
        yield from _keys(row["late"], LATE, f"{where} late")


def _keys(table: Table, keys: Mapping, where: str) -> Iterator[str]:
    names = {key.rstrip("?"): kind for key, kind in keys.items()}
    for key in table:
        if key not in names:
            yield f"{where}: {key} is not known; take it out."
    for name, kind in names.items():
        if name not in table:
            if name in keys:
                yield f"{where}: {name} is missing; add it."
        elif not _is(table[name], kind):
            yield f"{where}: {name} has to be {WORDS[kind]}."


def _is(value, kind) -> bool:
    if kind == TEXTS:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if kind == EFFECTS:
        return isinstance(value, Mapping) and all(
            name in STATES and _is(by, NUMBER) for name, by in value.items()
        )
    if kind == NUMBER and isinstance(value, float) and not isfinite(value):
        return False
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


# Meanings


def _meanings(body: Table) -> Iterator[str]:
    yield from _codes(body)
    yield from _times(body)
    yield from _state(body)
    yield from _references(body)
    yield from _decisions(body)
    yield from _flags(body)
    yield from _scoring(body)


def _codes(body: Table) -> Iterator[str]:
    for name in TABLES:
        for code, n in Counter(row["code"] for row in body[name] if "code" in row).items():
            if n > 1:
                yield f"{name}: {code} occurs {n} times; give each its own code."
            if not code.replace("-", "").replace("_", "").isalnum():
                yield f"{name}: the code {code!r} may hold letters, digits, - and _ alone."
    for decision in body["decisions"]:
        for code, n in Counter(option["code"] for option in decision["options"]).items():
            if n > 1:
                yield f"decisions {decision['code']}: option {code} occurs {n} times."


def _times(body: Table) -> Iterator[str]:
    length = body["length"]
    if not 1 <= length <= LONGEST:
        yield f"scenario: length has to lie between 1 and {LONGEST} minutes."
    for name in ("injects", "chances"):
        for row in body[name]:
            if not 0 <= row["minute"] < length:
                yield f"{name} {row['code']}: minute has to lie between 0 and {length}."
    for action in body["actions"]:
        if action["minutes"] < 1 or not 0 <= action["from_minute"] < length:
            yield f"actions {action['code']}: takes a minute at least, and begins before the end."
    for one in body["decisions"]:
        if not 0 <= one["minute"] < one["due"] < one["close"] <= length:
            yield f"decisions {one['code']}: minute, due and close have to follow one another."
        if "late" in one and (one["late"]["every"] < 1 or one["late"]["at_most"] < 0):
            yield f"decisions {one['code']}: late counts periods of a minute at least."


def _state(body: Table) -> Iterator[str]:
    if not body["state"]:
        yield f"state: is empty; name one at least of {', '.join(STATES)}."
    for name, bounds in body["state"].items():
        if name not in STATES:
            yield f"state.{name}: is not known; take one of {', '.join(STATES)}."
        if not bounds["low"] <= bounds["start"] <= bounds["high"]:
            yield f"state.{name}: start has to lie between low and high."
        if bounds["good"] == bounds["bad"] or bounds["weight"] <= 0:
            yield f"state.{name}: good and bad have to differ, and the weight to be above 0."
    rows = [*body["actions"], *body["chances"], *_options(body)]
    rows += [one["late"] for one in body["decisions"] if "late" in one]
    changed = {name for row in rows for key in EFFECT_KEYS for name in row.get(key, {})}
    for name in sorted(changed - set(body["state"])):
        yield f"effects: {name} is not a part of the state; add [state.{name}]."


EFFECT_KEYS = ("effects", "without_facts")


def _options(body: Table) -> list[Table]:
    return [option for decision in body["decisions"] for option in decision["options"]]


def _references(body: Table) -> Iterator[str]:
    codes = {name: {row["code"] for row in body[name]} for name in TABLES if name not in UNCODED}
    acts = [*body["actions"], *_options(body)]
    if body["lead"] not in codes["roles"]:
        yield f"scenario: lead {body['lead']} is none of the roles."
    for table, key, there in REFERENCES:
        for row in body[table]:
            if row[key] not in codes[there]:
                yield f"{table} {row['code']}: {key} {row[key]} is none of the {there}."
    for row in body["injects"]:
        if row["channel"] not in CHANNELS:
            yield f"injects {row['code']}: channel has to be one of {', '.join(CHANNELS)}."
    for key, there in LISTS:
        for act in acts:
            for code in sorted(set(act.get(key, [])) - codes[there]):
                yield f"{act['code']}: {key} {code} is none of the {there}."
    for key, there in (("reveals", "facts"), ("tells", "communications")):
        reached = {code for act in acts for code in act.get(key, [])}
        for code in sorted(codes[there] - reached):
            yield f"{there} {code}: nothing {key} it; name it in an action."


UNCODED = ("debrief", "paths")
REFERENCES = (
    ("actions", "role", "roles"),
    ("facts", "inject", "injects"),
    ("facts", "serves", "decisions"),
    ("follow_ups", "owner", "roles"),
)
LISTS = (
    ("reveals", "facts"),
    ("facts_needed", "facts"),
    ("tells", "communications"),
    ("misleads", "communications"),
)


def _decisions(body: Table) -> Iterator[str]:
    holders = {role["code"] for role in body["roles"]} | set(BODIES)
    for one in body["decisions"]:
        where, options = f"decisions {one['code']}", {o["code"]: o for o in one["options"]}
        default = options.get(one["default"])
        if len(options) < 2:
            yield f"{where}: has to offer two options at least."
        if default is None or default.get("fatal") or {"needs", "unless"} & set(default):
            yield f"{where}: default has to be an option that is always open and not fatal."
        if one["holder"] not in holders:
            yield f"{where}: holder has to be a role or one of {', '.join(BODIES)}."
        if not any(option["right"] == "respected" for option in one["options"]):
            yield f"{where}: no option respects whose decision it is; add one."
        for option in one["options"]:
            if option["right"] not in ("respected", "broken"):
                yield f"{where} {option['code']}: right has to be respected or broken."
            if bool(option.get("facts_needed")) != bool(option.get("without_facts")):
                yield f"{where} {option['code']}: facts_needed and without_facts go together."


def _flags(body: Table) -> Iterator[str]:
    acts = [*body["actions"], *_options(body)]
    there = {flag for act in acts for flag in act.get("sets", [])}
    rows = [*acts, *body["injects"], *body["decisions"]]
    used = {row[key] for row in rows for key in ("needs", "unless") if key in row}
    used |= {case["flag"] for chance in body["chances"] for case in chance.get("when", [])}
    for flag in sorted(used - there):
        yield f"flags: {flag} is never set; let an action or an option set it."
    for one in body["chances"]:
        for case in [one, *one.get("when", [])]:
            if not 0 <= case["probability"] <= 1:
                yield f"chances {one['code']}: probability has to lie between 0 and 1."


def _scoring(body: Table) -> Iterator[str]:
    weights = body["scoring"]
    if any(weights[name] < 0 for name in DIMENSIONS) or sum(weights[n] for n in DIMENSIONS) != 100:
        yield f"scoring: {', '.join(DIMENSIONS)} have to sum to 100."
    if weights["facts_enough"] <= 0 or not 0 < weights["pass_percent"] <= 100:
        yield "scoring: facts_enough and pass_percent have to be above 0."
    points = [one["points"] for one in body["communications"]]
    if min(points) < 0 or not any(points):
        yield "communications: no points below 0, and one at least has to bring some."
    if body["follow_up_limit"] < 1 or not any(one["points"] > 0 for one in body["follow_ups"]):
        yield "follow_ups: one at least has to bring points, and one may be chosen."


# Paths


def _paths(body: Table) -> Iterator[str]:
    for path in body["paths"]:
        where = f"paths {path['title']}"
        try:
            play = replay(body, path["moves"])
        except Impossible as why:
            yield f"{where}: its moves cannot be made ({why.why}); correct them."
            continue
        play.finish()
        yield from _expected(path, score(play, path["follow_ups"]), where)
        if len(set(path["follow_ups"])) > body["follow_up_limit"]:
            yield f"{where}: chooses more follow-ups than {body['follow_up_limit']}."
    if not any("most" not in path for path in body["paths"]):
        yield "paths: give a good one at least, without most."
    idle = replay(body, [])
    idle.finish()
    if score(idle).has_passed:
        yield "scenario: whoever does nothing passes; let waiting cost something."


def _expected(path: Table, result, where: str) -> Iterable[str]:
    if result.total < path["least"]:
        yield f"{where}: scores {result.total:.1f}; least says {path['least']}."
    if "most" in path and result.total > path["most"] and not result.is_fatal:
        yield f"{where}: scores {result.total:.1f}; most says {path['most']}."
    if ("most" in path) == result.has_passed:
        yield f"{where}: a good path passes, one with most does not."
