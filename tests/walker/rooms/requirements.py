"""Requirements in the walk: everybody looks and raises, the team edits, its lead decides."""

from tests.factories.requirements import LinkFactory, RequirementChangeFactory, RequirementFactory
from tests.walker.rows import ALL, LPDT, TEAM, act, form, page

FILE = {"pk": "product", "ending": "csv"}
REDIRECTED = frozenset([302])
TABLE = {
    "ipd:requirement-list": page(),
    "ipd:requirement-new": page(post=ALL),
    "ipd:requirement-work": page(),
    "ipd:requirement-line-figures": page(),
    "ipd:requirements": page("product"),
    "ipd:requirement-many": act("product", TEAM),
    "ipd:requirement-many-undo": act("product", TEAM),
    "ipd:requirement-paste": form("product", TEAM),
    "ipd:requirement-file": page(FILE),
    "ipd:requirement-trace": page("product"),
    "ipd:requirement-trace-file": page(FILE),
    "ipd:requirement-figures": page("product"),
    "ipd:requirement-baselines": page("product"),
    "ipd:requirement-baseline": act("product", LPDT),
    "ipd:requirement-change-new": form("product", TEAM),
    "ipd:requirement": page("requirement"),
    "ipd:requirement-edit": form("requirement", TEAM),
    "ipd:requirement-row": page("requirement", answers=REDIRECTED),
    "ipd:requirement-cell": form({"pk": "requirement", "name": "title"}, TEAM),
    "ipd:requirement-step": act({"pk": "requirement", "key": "move"}, TEAM),
    "ipd:requirement-derivation": form("requirement", TEAM),
    "ipd:requirement-link": act("requirement", TEAM),
    "ipd:requirement-verification": act("requirement", TEAM),
    "ipd:requirement-unlink": act("requirement_link", TEAM),
    "ipd:requirement-change": page("requirement_change"),
    "ipd:requirement-change-decision": act("requirement_change", LPDT),
}


def objects(product, *, owner, review) -> dict[str, object]:
    row = RequirementFactory(product=product, owner=owner)
    upper = RequirementFactory(product=product, level="IR", owner=owner)
    return {
        "requirement": row,
        "requirement_link": LinkFactory(upper=upper, lower=row),
        "requirement_change": RequirementChangeFactory(requirement=row),
    }
