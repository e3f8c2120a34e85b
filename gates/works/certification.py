"""What gates tell of practice: co-signatures that wait, and gates that somebody presented."""

from datetime import date

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from gates.models import Presenter, Review
from gates.models.presenters import PRESENT
from gates.models.reviews import Stage
from teams.models import Person, Seat
from teams.models.rights import SeatedIn
from teams.queries.academy.recertification import Presented, presents
from teams.queries.academy.waiting import waits


@waits(text=_("Co-sign what you saw: %(who)s, %(what)s"), route="gates:presenter-cosignature")
def cosignatures(person):
    """The reviews in which the person sat beside somebody and has not signed yet."""
    rows = Presenter.objects.filter(
        mentor=person,
        signed_at=None,
        review__stage=Stage.DECIDED,
        review__is_rehearsal=False,
        review__in=Review.objects.visible_to(person).values("pk"),
    )
    return rows.values_list("pk", "person__name", "review__label", "review__held_on")


@presents
def presented(person: Person, first: date, last: date) -> list[Presented]:
    """The first review held in these days that the person presented: named for it, or, where
    nobody was, as the lead of the team on that day; one query."""
    own = Q(pk__in=Presenter.objects.filter(person=person).values("review"))
    own |= Q(product__team__in=Seat.objects.filter(person=person).values("team"))
    named = Presenter.objects.filter(review=OuterRef("pk"), act=PRESENT)
    lead = (
        Seat.objects.filter(
            team=OuterRef("product__team"),
            period__contains=OuterRef("held_on"),
            role__rights__act=PRESENT,
            role__rights__seated_in=SeatedIn.TEAM,
        )
        .order_by("role__order", "pk")
        .values("person")[:1]
    )
    rows = (
        Review.objects.real()
        .held()
        .filter(own, held_on__range=(first, last))
        .annotate(presenter=Coalesce(Subquery(named.values("person")[:1]), Subquery(lead)))
        .filter(presenter=person.pk)
    )
    row = rows.select_related("product", "gate").order_by("held_on", "pk").first()
    return [Presented(str(row), row.get_absolute_url(), row.held_on)] if row else []
