"""How a reader comes to a team that is measured: seen or 404, with what they may do there."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from ipd.kernel.access import require
from teams.models import Team
from teams.permissions import visible_teams
from teams.subjects import Subject, subjects

SEE_MONEY = "see_money"


@dataclass(frozen=True)
class Entry:
    """The team, what it answers for, and the acts that the reader's seats allow there."""

    team: Team
    subject: Subject
    acts: frozenset[str]

    @property
    def granted(self) -> bool:
        return SEE_MONEY in self.acts

    def context(self, **more) -> dict:
        """What every page about a team's figures has."""
        told = {"team": self.team, "subject": self.subject, "acts": self.acts}
        return told | {"granted": self.granted, "confidential": not self.subject.is_open} | more


def entry(request, pk, *acts: str) -> Entry:
    """The team (404 unless visible and measured) with the reader's acts; 403 without `acts`."""
    team = get_object_or_404(visible_teams(request.user), pk=pk)
    subject = subjects().of([team.pk]).get(team.pk)
    if subject is None:
        raise Http404
    found = Entry(team, subject, subjects().acts_of(request.user, team.pk))
    require(found.acts.issuperset(acts))
    return found
