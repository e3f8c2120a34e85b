"""What other pages show of teams' KPIs, and of what a person contributed; one query each."""

from ipd.kernel.panels import Panel, register
from teams.models import Person, Team
from teams.queries import glance, warnings
from teams.queries.academy import communities

TEMPLATE = "teams/panels/kpis.html"


def _panel(team: int) -> Panel | None:
    rows = glance.of_team(team)
    return Panel(TEMPLATE, {"team": team, "rows": rows}) if rows else None


def of_team(person: Person, team: Team) -> Panel | None:
    """Whoever sees the team sees its KPIs; a board has none."""
    return _panel(team.pk)


def of_product(person: Person, product) -> Panel | None:
    """The KPIs of the team that answers for it."""
    return _panel(product.team_id)


def warnings_of_team(person: Person, team: Team) -> Panel | None:
    """The signs of a crisis that last, where there are any."""
    rows = warnings.lasting(team.pk)
    return Panel("teams/panels/warnings.html", {"team": team.pk, "rows": rows}) if rows else None


def badges_of_person(reader: Person, person: Person) -> Panel | None:
    """What the person contributed and colleagues took up; open to all."""
    rows = communities.badges_of(person)
    return Panel("teams/panels/badges.html", {"badges": rows}) if rows else None


register("person", badges_of_person)
register("team", of_team)
register("team", warnings_of_team)
register("product", of_product)
