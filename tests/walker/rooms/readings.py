"""Readings of KPIs in the walk: everybody may look, the team enters, some of it approve."""

from tests.factories.kpis import KpiFactory, KpiReadingFactory
from tests.walker.rows import ALL, LPDT, NOBODY, PQA, SECRETARY, TEAM, act, form, page

TABLE = {
    "teams:kpi-collect": page(),
    # What may not be approved is not in the list; whoever chooses nothing is told so.
    "teams:kpi-approvals": page(post=ALL),
    "teams:kpi-months": page(),
    "teams:kpi-month-closing": act(None, NOBODY),
    "teams:kpi-month-reading": act(None, NOBODY),
    "teams:kpi-reading": page("kpi_reading"),
    "teams:kpi-reading-correction": form("kpi_reading", TEAM),
    "teams:kpi-reading-approval": act("kpi_reading", LPDT | PQA | SECRETARY),
    "teams:kpi-readings": page("team", post=TEAM),
    "teams:kpi-readings-file": page({"pk": "team", "ending": "csv"}),
}


def objects(product, *, owner, review) -> dict[str, object]:
    return {"kpi_reading": KpiReadingFactory(kpi=KpiFactory(), team=product.team)}
