"""Products in the search: by the beginning of their code or a part of their name."""

from functools import reduce
from operator import add, or_

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from ipd.kernel.search import search_source
from ipd.models import Product
from teams.models import Person

MOST_MEANT = 20


def named(word: str, path: str = "") -> Q:
    """The product (reached by `path`) whose code begins with the word, or whose name has it."""
    return Q(**{f"{path}code__istartswith": word}) | Q(**{f"{path}name__icontains": word})


def meant(person: Person, words: list[str]) -> QuerySet:
    """Ids of the visible products that the words mean most likely, at most twenty.

    What hangs on products is looked for under these alone, so that a common word costs no
    more than a rare one. A product is meant the more, the more of the words name it.
    """
    hits = [_one_if(named(word)) for word in words]
    exact = _one_if(Q(code__in=[word.upper() for word in words]))
    return (
        Product.objects.visible_to(person)
        .filter(reduce(or_, map(named, words)))
        .order_by((reduce(add, hits, Value(0)) + exact).desc(), "code")
        .values("pk")[:MOST_MEANT]
    )


def _one_if(condition: Q) -> Case:
    return Case(When(condition, then=1), default=0, output_field=IntegerField())


@search_source(kind=_("Product"), route="ipd:product", order=10)
def products(person: Person, words: list[str]) -> QuerySet[Product]:
    """Each word counts; an exact code comes first."""
    rows = Product.objects.visible_to(person)
    for word in words:
        rows = rows.filter(named(word))
    exact = Case(When(code__iexact=words[0], then=0), default=1)
    return rows.annotate(title=F("name"), detail=F("code")).order_by(exact, "code")
