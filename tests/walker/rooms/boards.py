"""KPI boards in the walk: everybody looks at what they may see; own boards are their owner's."""

from types import SimpleNamespace

from teams.models import Kpi
from tests.factories.boards import KpiAlertFactory, KpiBoardFactory, KpiBoardTileFactory
from tests.factories.kpis import KpiFactory, KpiReadingFactory, KpiTargetFactory
from tests.walker.rows import ALL, LPDT, act, form, page

OWN = {"everywhere": True, "denied": 404}
TABLE = {
    "teams:kpi-board": page(),
    "teams:kpi-board-file": page({"ending": "xlsx"}, everywhere=True),
    "teams:kpi-line": page({"code": "kpi_line"}, everywhere=True),
    "teams:kpi-line-file": page({"code": "kpi_line", "ending": "xlsx"}, everywhere=True),
    "teams:kpi-heat": page(),
    "teams:kpi-heat-file": page({"ending": "xlsx"}, everywhere=True),
    "teams:kpi-alerts": page(),
    "teams:kpi-group-trend": page({"kpi": "WALKED"}, everywhere=True),
    "teams:kpi-group-trend-file": page({"kpi": "WALKED", "ending": "svg"}, everywhere=True),
    "teams:kpi-team": page("team"),
    "teams:kpi-team-file": page({"pk": "team", "ending": "xlsx"}),
    "teams:kpi-trend": page({"pk": "team", "kpi": "WALKED"}),
    "teams:kpi-trend-file": page({"pk": "team", "kpi": "WALKED", "ending": "xlsx"}),
    "teams:kpi-own-boards": page(post=ALL),
    "teams:kpi-own-board": page("own_board", get=LPDT, **OWN),
    "teams:kpi-own-board-file": page({"pk": "own_board", "ending": "xlsx"}, get=LPDT, **OWN),
    "teams:kpi-own-board-arrange": form("own_board", LPDT, **OWN),
    "teams:kpi-own-board-name": act("own_board", LPDT, **OWN),
    "teams:kpi-own-board-default": act("own_board", LPDT, **OWN),
    "teams:kpi-own-board-removal": act("own_board", LPDT, **OWN),
    "teams:kpi-own-tile": act("own_tile", LPDT, **OWN),
}


def objects(product, *, owner, review) -> dict[str, object]:
    """A figure of the product's team, an alert of it, and its lead's own board about it."""
    figure = (
        Kpi.objects.filter(code="WALKED").first()
        or KpiTargetFactory(kpi=KpiFactory(code="WALKED")).kpi
    )
    KpiReadingFactory(kpi=figure, team=product.team)
    KpiAlertFactory(kpi=figure, team=product.team)
    board = KpiBoardFactory(person=owner)
    tile = KpiBoardTileFactory(board=board, kpi=figure, team=product.team)
    return {
        # An address takes the line's code where others take a number.
        "kpi_line": SimpleNamespace(pk=product.line.code),
        "own_board": board,
        "own_tile": tile,
    }
