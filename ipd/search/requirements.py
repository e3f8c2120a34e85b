"""Requirements in the search: by the beginning of their code; words are for their own list."""

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from ipd.kernel.search import search_source
from ipd.models import Requirement
from teams.models import Person

SHORTEST = 4


@search_source(kind=_("Requirement"), route="ipd:requirement", order=45)
def requirements(person: Person, words: list[str]) -> QuerySet[Requirement] | None:
    """One word, long enough to be the beginning of a code."""
    if len(words) != 1 or len(words[0]) < SHORTEST:
        return None
    rows = Requirement.objects.visible_to(person).filter(code__startswith=words[0].upper())
    return rows.annotate(detail=F("code")).order_by("code")
