"""Products in the search: by the beginning of their code or a part of their name."""

from django.db.models import Case, F, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from ipd.kernel.search import search_source
from ipd.models import Product
from teams.models import Person


def named(word: str, path: str = "") -> Q:
    """The product (reached by `path`) whose code begins with the word, or whose name has it."""
    return Q(**{f"{path}code__istartswith": word}) | Q(**{f"{path}name__icontains": word})


@search_source(kind=_("Product"), route="ipd:product", order=10)
def products(person: Person, words: list[str]) -> QuerySet[Product]:
    """Each word counts; an exact code comes first."""
    rows = Product.objects.visible_to(person)
    for word in words:
        rows = rows.filter(named(word))
    exact = Case(When(code__iexact=words[0], then=0), default=1)
    return rows.annotate(title=F("name"), detail=F("code")).order_by(exact, "code")
