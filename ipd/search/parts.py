"""Parts and suppliers in the search: parts by the beginning of their code, or by their name."""

from functools import reduce
from operator import and_

from django.db.models import Case, F, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from ipd.kernel.search import search_source
from ipd.models import Part, Supplier
from teams.models import Person

SHORTEST = 3  # of a word: shorter ones are in almost every name


@search_source(kind=_("Part"), route="ipd:part", order=46)
def parts(person: Person, words: list[str]) -> QuerySet[Part] | None:
    """One word may begin a code; several are all in the name. An exact code comes first."""
    if min(map(len, words)) < SHORTEST:
        return None
    named = reduce(and_, (Q(name__icontains=word) for word in words))
    if len(words) == 1:
        named |= Q(code__istartswith=words[0])
    rows = Part.objects.visible_to(person).filter(named)
    exact = Case(When(code__iexact=words[0], then=0), default=1)
    return rows.annotate(title=F("name"), detail=F("code")).order_by(exact, "code")


@search_source(kind=_("Supplier"), route="ipd:supplier", order=47)
def suppliers(person: Person, words: list[str]) -> QuerySet[Supplier]:
    """Each word is in the name or begins the code; everybody may know of a supplier."""
    rows = Supplier.objects.all()
    for word in words:
        rows = rows.filter(Q(name__icontains=word) | Q(code__istartswith=word))
    return rows.annotate(title=F("name"), detail=F("code")).order_by("name", "pk")
