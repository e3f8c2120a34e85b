"""Competencies, checklists, reflections, the review by colleagues, and tests."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from teams.actions.academy.checks.paths import check_levels
from teams.actions.academy.checks.problems import Pad
from teams.calculations.academy.papers import Paper

COMPETENCY = {
    "code": str,
    "name": str,
    "weight": int,
    "certify_at": int,
    "about": str,
    "levels": list,
}
CHECKLIST = {"code": str, "title": str, "for_role": str, "days": int, "items": list}
CHECK = {"code": str, "text": str, "why": str, "fact": str, "within_days": int}
CHECK_MORE = {"params": dict, "count": int}
REFLECTION = {
    "code": str,
    "title": str,
    "competency": str,
    "story": str,
    "prompts": list,
    "role_play": str,
    "complete_when": str,
    "minutes": int,
}
PEER_REVIEW = {"title": str, "scale": str, "open_questions": list, "items": list}
PEER_ITEM = {"code": str, "competency": str, "text": str, "anchors": list, "ask": str}
TEST = {"code": str, "element": str, "modules": list, "difficulties": list, "draw_each": int}
LEADERSHIP, LEAST_LEADERSHIP = "LEADERSHIP", 40
OF_A_CHAIN = ("rehearsal_vote", "brief_opened", "question_asked", "room_attended", "vote_blind")
PLAIN = (
    "seat_confirmed deputy_named criterion_assessed evidence_added question_answered "
    "criteria_without_owner_none activity_estimated risk_owned condition_accepted "
    "condition_submitted knowledge_claimed authority_read review_booked pack_locked "
    "agenda_issued decision_issued conditions_followed ledger_verified calendar_subscribed"
)
FACTS: dict[str, set[str]] = {
    "module_passed": {"module"},
    **{fact: {"gate_chain"} for fact in OF_A_CHAIN},
    **{fact: set() for fact in PLAIN.split()},
}


def check_competencies(paper: Paper) -> Pad:
    """Weights add up to 100, and leadership has at least 40 of them."""
    pad = Pad(paper.path)
    said = _rows(pad, paper, "competencies", COMPETENCY)
    pad.once([one["code"] for one in said], "competencies")
    total = sum(one["weight"] for one in said)
    text = _("The weights have to add up to 100; they are %(total)s.")
    pad.expect(total == 100, "weight", text % {"total": total})
    weights = {one["code"]: one["weight"] for one in said}
    text = _("LEADERSHIP weighs at least 40: leaders are chosen for it, not for technical rank.")
    pad.expect(weights.get(LEADERSHIP, 0) >= LEAST_LEADERSHIP, "weight", text)
    for one in said:
        pad.expect(one["weight"] >= 1, one["code"], _("A weight is 1 or more."))
        text = _("The level asked at certification is 1 to 5.")
        pad.expect(1 <= one["certify_at"] <= 5, one["code"], text)
        check_levels(pad, one["code"], one["levels"])
    return pad


def _rows(pad: Pad, paper: Paper, key: str, shape: Mapping, more: Mapping = ()) -> list[Mapping]:
    """The tables under the file's one key that are whole."""
    if not pad.keys(paper.data, "", {key: list}):
        return []
    rows = pad.tables(paper.data[key], key)
    text = _("Give at least one entry.")
    pad.expect(rows, key, text)
    return [one for one in rows if pad.keys(one, str(one.get("code", key)), shape, more)]


def check_checklists(paper: Paper, modules: set[str]) -> Pad:
    pad = Pad(paper.path)
    lists = _rows(pad, paper, "checklists", CHECKLIST)
    pad.once([one["code"] for one in lists], "checklists")
    for one in lists:
        items = [
            item
            for item in pad.tables(one["items"], one["code"])
            if pad.keys(item, str(item.get("code", one["code"])), CHECK, CHECK_MORE)
        ]
        pad.once([item["code"] for item in items], one["code"])
        for item in items:
            _check_item(pad, one, item, modules)
    return pad


def _check_item(pad: Pad, checklist: Mapping, item: Mapping, modules: set[str]) -> None:
    where, fact, params = item["code"], item["fact"], item.get("params", {})
    told = {"facts": ", ".join(sorted(FACTS))}
    if pad.expect(fact in FACTS, where, _("A fact is one of %(facts)s.") % told):
        told = {"fact": fact, "names": ", ".join(sorted(FACTS[fact])) or "–"}
        text = _("The params of %(fact)s are: %(names)s.")
        pad.expect(set(params) == FACTS[fact], where, text % told)
    if "module" in params:
        pad.known([params["module"]], modules, where, _("taught module"))
    told = {"days": checklist["days"]}
    text = _("Give 1 to %(days)s days, as the checklist has.")
    pad.expect(1 <= item["within_days"] <= told["days"], where, text % told)
    pad.expect(1 <= item.get("count", 1) <= 100, where, _("count is 1 to 100."))


def check_reflections(paper: Paper, competencies: set[str]) -> Pad:
    pad = Pad(paper.path)
    said = _rows(pad, paper, "reflections", REFLECTION)
    pad.once([one["code"] for one in said], "reflections")
    for one in said:
        pad.known([one["competency"]], competencies, one["code"], _("competency"))
        _texts(pad, one["code"], one["prompts"])
    return pad


def check_peer_review(paper: Paper, competencies: set[str]) -> Pad:
    """Every competency is asked about."""
    pad, said = Pad(paper.path), paper.data
    if not pad.keys(said, "", PEER_REVIEW):
        return pad
    _texts(pad, "open_questions", said["open_questions"])
    items = [
        item
        for item in pad.tables(said["items"], "items")
        if pad.keys(item, str(item.get("code", "items")), PEER_ITEM)
    ]
    pad.once([item["code"] for item in items], "items")
    pad.known([item["competency"] for item in items], competencies, "items", _("competency"))
    missing = sorted(competencies - {item["competency"] for item in items})
    told = {"names": ", ".join(missing)}
    text = _("Nothing is asked about %(names)s. Add an item.")
    pad.expect(not missing, "items", text % told)
    for item in items:
        check_levels(pad, item["code"], item["anchors"])
    return pad


def _texts(pad: Pad, where: str, said: list) -> None:
    whole = said and all(isinstance(one, str) and one.strip() for one in said)
    pad.expect(whole, where, _("Give a list of texts."))


def check_tests(paper: Paper, elements: set[str], items: Mapping[str, list[int]]) -> Pad:
    """`items` are the difficulties of each module's items, one for each item."""
    pad = Pad(paper.path)
    said = _rows(pad, paper, "tests", TEST, {"avoid": str})
    codes = [one["code"] for one in said]
    pad.once(codes, "tests")
    pad.once([one["element"] for one in said], "element")
    for one in said:
        where = one["code"]
        pad.known([one["element"]], elements, where, _("element of a path"))
        pad.known([one["avoid"]] if one.get("avoid") else [], codes, where, _("test"))
        if not pad.known(one["modules"], items, where, _("taught module with items")):
            continue
        twice = 2 if one.get("avoid") or any(o.get("avoid") == where for o in said) else 1
        least = one["draw_each"] * twice
        text = _("draw_each is 1 or more.")
        pad.expect(one["draw_each"] >= 1, where, text)
        for module in one["modules"]:
            for level in one["difficulties"]:
                there = items[module].count(level)
                told = {"module": module, "level": level, "there": there, "least": least}
                text = _("%(module)s has %(there)s items of difficulty %(level)s, of %(least)s.")
                pad.expect(there >= least, where, text % told)
    return pad
