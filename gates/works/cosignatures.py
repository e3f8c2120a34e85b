"""What of gates waits for somebody in the academy: co-signatures of mentors."""

from django.utils.translation import gettext_lazy as _

from gates.models import Presenter, Review
from gates.models.reviews import Stage
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
