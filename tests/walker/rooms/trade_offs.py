"""Trade-offs, promises and $APPEALS sheets in the walk."""

from tests.factories import trade_offs
from tests.walker.rows import LPDT, TEAM, act, form, page

TABLE = {
    "ipd:trade-offs": page("product"),
    "ipd:trade-off-new": form("product", TEAM),
    "ipd:trade-off": page("trade_off"),
    "ipd:trade-off-option": act("trade_off", TEAM),
    "ipd:trade-off-rung": act("trade_off", TEAM),
    "ipd:trade-off-decision": act("trade_off", LPDT),
    "ipd:trade-off-withdrawal": act("trade_off", TEAM),
    "ipd:promise-register": page(),
    "ipd:promises": page("product"),
    "ipd:promise-new": form("product", TEAM),
    "ipd:promise": page("promise"),
    "ipd:promise-backing": act("promise", TEAM),
    "ipd:promise-end": act("promise", TEAM),
    "ipd:appeals": page("product"),
    "ipd:appeals-new": form("product", TEAM),
    "ipd:appeals-sheet": page("appeals_sheet"),
}


def objects(product, *, owner, review) -> dict[str, object]:
    row = trade_offs.trade_off(product, owner=owner)
    trade_offs.option(row)
    return {
        "trade_off": row,
        "promise": trade_offs.promise(product, by=owner),
        "appeals_sheet": trade_offs.sheet(product, by=owner),
    }
