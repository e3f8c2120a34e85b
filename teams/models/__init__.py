"""People, the teams and bodies they sit in, and the decision rights their seats carry."""

from teams.models.people import Function, Person, Site
from teams.models.rights import DecisionRight, Role
from teams.models.seats import Seat
from teams.models.teams import Team

__all__ = ["DecisionRight", "Function", "Person", "Role", "Seat", "Site", "Team"]
