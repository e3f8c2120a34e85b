"""People, teams, KPIs and modules in the search."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from ipd.kernel.search import search_source
from teams.models import Kpi, LearningModule, ModuleText, Person, Team
from teams.models.academy.modules import CORE_LANGUAGE, TextState
from teams.permissions import visible_teams
from teams.queries.people import people_named


@search_source(kind=_("Person"), route="teams:person", order=30)
def people(person: Person, words: list[str]) -> QuerySet[Person]:
    """Everybody who works here may be found by everybody."""
    rows = people_named(words).filter(is_active=True)
    return rows.annotate(title=F("name"), detail=F("job_title")).order_by("name", "pk")


@search_source(kind=_("Team"), route="teams:team", order=40)
def teams(person: Person, words: list[str]) -> QuerySet[Team]:
    """Teams and bodies the person may see, by the beginning of the code or a part of the name."""
    rows = visible_teams(person)
    for word in words:
        rows = rows.filter(Q(code__istartswith=word) | Q(name__icontains=word))
    return rows.annotate(title=F("name"), detail=F("code")).order_by("code")


@search_source(kind=_("KPI"), route="teams:kpi", order=50)
def kpis(person: Person, words: list[str]) -> QuerySet[Kpi]:
    """Cards in use, by the beginning of the code or a part of the name; everybody may see them."""
    rows = Kpi.objects.active()
    for word in words:
        rows = rows.filter(Q(code__istartswith=word) | Q(name__icontains=word))
    return rows.annotate(title=F("name"), detail=F("code")).order_by("order", "code")


@search_source(kind=_("Module"), route="teams:module-of", order=60)
def modules(person: Person, words: list[str]) -> QuerySet[LearningModule]:
    """Modules that are taught, by their code or a part of the title in any language in force."""
    texts = ModuleText.objects.filter(state=TextState.APPROVED, module=OuterRef("pk"))
    rows = LearningModule.objects.taught().filter(Exists(texts))
    for word in words:
        rows = rows.filter(Q(code__istartswith=word) | Exists(texts.filter(title__icontains=word)))
    title = Subquery(texts.filter(language=CORE_LANGUAGE).values("title")[:1])
    return rows.annotate(title=title, detail=F("code")).order_by("order", "code")
