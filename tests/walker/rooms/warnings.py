"""Early warning in the walk: everybody reads of the teams they may see."""

from tests.walker.rows import NOBODY, form, page

TABLE = {
    "teams:kpi-warnings": page(),
    "teams:kpi-warning-signs": form(None, NOBODY),
    "teams:kpi-team-warnings": page("team"),
}


def objects(product, *, owner, review) -> dict[str, object]:
    return {}
