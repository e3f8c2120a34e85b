"""The rules of a stage's exit: in words, and whose word they ask for."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from teams.models import PathElement


def roles() -> dict[str, str]:
    """Who signs, in words."""
    return {
        "learner": _("the learner"),
        "mentor": _("the mentor"),
        "manager": _("the manager"),
        "host": _("the host"),
        "assessor": _("an assessor"),
        "academy_lead": _("the academy"),
        "board": _("the board"),
    }


def roles_asked(element: PathElement, rule: str) -> set[str]:
    """Whose word on the element the exit of its stage asks for, by rules of that name."""
    return {
        role
        for one in element.stage.exit_rules
        if one.get("rule") == rule and one.get("element") == element.code
        for role in one.get("roles", ())
    }


def said(rule: Mapping, titles: Mapping[str, str]) -> str:
    """One rule as a sentence; elements by their titles."""
    names = [titles.get(code, code) for code in rule.get("elements", [rule.get("element", "")])]
    values = {
        "element": ", ".join(names),
        "percent": rule.get("percent"),
        "level": rule.get("level"),
        "assessors": rule.get("assessors", 1),
        "roles": ", ".join(roles().get(role, role) for role in rule.get("roles", ())),
    }
    return _sentences()[rule["rule"]] % values


def _sentences() -> dict[str, str]:
    return {
        "element_done": _("%(element)s: done"),
        "board_passed": _("%(element)s: passed"),
        "score_at_least": _("%(element)s: %(percent)s %% or more"),
        "rubric_at_least": _(
            "%(element)s: level %(level)s or more in every criterion (assessors: %(assessors)s)"
        ),
        "agreed_by": _("%(element)s: signed by %(roles)s"),
        "accepted_by": _("%(element)s: accepted as complete by %(roles)s"),
        "no_fatal": _("%(element)s: without a fatal decision"),
    }
