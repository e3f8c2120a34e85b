"""The register of certificates, and what a certificate's page shows."""

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from ipd.kernel import keyset
from ipd.kernel.days import today
from teams.models import Certificate, LearningPath, Person

PAGE = 50
VALID, LAPSED, REVOKED, RENEWED = "valid", "lapsed", "revoked", "renewed"


def detailed(rows: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """With holder, and `state` as of today; a certificate that was renewed says so."""
    newer = Certificate.objects.filter(renews=OuterRef("pk"))
    state = Case(
        When(revoked_on__isnull=False, then=Value(REVOKED)),
        When(Exists(newer), then=Value(RENEWED)),
        When(valid_until__lt=today(), then=Value(LAPSED)),
        default=Value(VALID),
        output_field=CharField(),
    )
    return rows.select_related("person__function").annotate(state=state)


def register(*, text: str = "", state: str = "", after: str = "") -> keyset.Slice:
    """All certificates, the newest first, narrowed by name or number and state."""
    rows = detailed(Certificate.objects.all())
    if text:
        rows = rows.filter(Q(person__name__icontains=text) | Q(number__icontains=text))
    if state:
        rows = rows.filter(state=state)
    return keyset.part(rows, ("-issued_on", "-pk"), after=after, size=PAGE)


def of(person: Person) -> list[Certificate]:
    """The person's own, the newest first."""
    rows = Certificate.objects.filter(person=person)
    return list(detailed(rows).order_by("-issued_on", "-pk"))


def title_of(code: str) -> str:
    """The path's title; its code where the path is gone."""
    titles = LearningPath.objects.filter(code=code).order_by("-is_current", "-pk")
    return titles.values_list("title", flat=True).first() or code
