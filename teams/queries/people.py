"""The list of people, with how much of their time is promised."""

import re

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q, QuerySet

from ipd.kernel import keyset
from ipd.kernel.search import words_of
from teams.models import Function, Person, Site
from teams.queries.seats import FULL_TIME, allocations

PAGE = 50
KEYS = ["name", "pk"]
# As the index people_by_word_of_name has it; another expression would read every row.
NAME = SearchVector("name", config="simple")


def people_named(words: list[str]) -> QuerySet[Person]:
    """People of whose name each word begins a word, or whose number begins with the only one."""
    stems = [stem for word in words for stem in re.findall(r"\w+", word)]
    if not stems:
        return Person.objects.none()
    query = SearchQuery(
        " & ".join(f"'{stem}':*" for stem in stems), config="simple", search_type="raw"
    )
    rows = Person.objects.alias(name_words=NAME)
    named = Q(name_words=query)
    return rows.filter(named | Q(code__istartswith=words[0]) if len(words) == 1 else named)


def page(*, text: str = "", function: str = "", site: str = "", after: str = "") -> keyset.Slice:
    """People by name; each word of the text begins a word of the name, or the number."""
    rows = people_named(words_of(text)) if text else Person.objects.all()
    rows = rows.filter(is_active=True).select_related("function", "site")
    narrowed = Q()
    if function:
        narrowed &= Q(function__code=function)
    if site:
        narrowed &= Q(site__code=site)
    found = keyset.part(rows.filter(narrowed), KEYS, after=after, size=PAGE)
    totals = allocations(person.pk for person in found.rows)
    for person in found.rows:
        person.total = totals.get(person.pk, 0)
        person.is_over = person.total > FULL_TIME
    return found


def functions() -> list[tuple[str, str]]:
    """All functions, for the filter."""
    return list(Function.objects.values_list("code", "name"))


def sites() -> list[tuple[str, str]]:
    """All sites, for the filter."""
    return list(Site.objects.values_list("code", "name"))
