"""The catalogue of KPIs in the walk; who may define them sits in a board that nobody here is in."""

from tests.factories.kpis import KpiFactory, KpiTargetFactory
from tests.walker.rows import NOBODY, act, form, page

KPI = {"pk": "kpi"}

TABLE = {
    "teams:kpi-list": page(),
    "teams:kpi-new": form(None, NOBODY),
    "teams:kpi-formula": page(),
    "teams:kpi": page(KPI, everywhere=True),
    "teams:kpi-edit": form(KPI, NOBODY, everywhere=True),
    "teams:kpi-target": form(KPI, NOBODY, everywhere=True),
    "teams:kpi-retirement": act(KPI, NOBODY, everywhere=True),
    "teams:kpi-reinstatement": act(KPI, NOBODY, everywhere=True),
    "teams:kpi-target-removal": act("kpi_target", NOBODY, everywhere=True),
    "teams:kpi-weights": page(),
    "teams:kpi-weight": form({"phase": "PLAN"}, NOBODY, everywhere=True),
    "teams:measure-list": page(),
}


def objects(product, *, owner, review) -> dict[str, object]:
    kpi = KpiFactory(dimension="")
    return {"kpi": kpi, "kpi_target": KpiTargetFactory(kpi=kpi)}
