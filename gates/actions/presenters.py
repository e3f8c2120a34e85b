"""Naming who presents or leads a review, and the certified mentor beside them, who co-signs."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gates.actions import reviews
from gates.models import Presenter, Review
from gates.models.presenters import PRESENT, PractisedAct
from gates.models.reviews import Stage
from gates.permissions import voters_of
from gates.queries import practice
from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.actions.academy import practice as evidence
from teams.models import Certificate, Person


@transaction.atomic
def name(
    review: Review,
    *,
    act: str,
    person: Person,
    mentor: Person | None,
    by: Person,
    seen_version: int,
) -> Presenter:
    """Say who presents (or runs the room, or decides), and who sits beside them; the ledger
    keeps it, and both are told.

    Raises Refused once the review is over, for somebody whose seats do not allow the act, and
    for a mentor without a certificate that is asked for, who votes here, or who may not see
    the product.
    """
    review = reviews.locked(review, seen_version=seen_version)
    if not review.is_open:
        raise Refused(_("The review is over."))
    if person not in practice.eligible(review, act):
        raise Refused(_("%(person)s has no seat that allows it here.") % {"person": person})
    if mentor is not None:
        _refuse_mentor(review, act, person, mentor)
    row, _made = Presenter.objects.update_or_create(
        review=review,
        act=act,
        defaults={"person": person, "mentor": mentor, "named_by": by, "named_at": timezone.now()},
    )
    review.bump(version=True)
    ledger.record(
        kind="presenter named",
        subject=f"review:{review.pk}",
        body={"act": act, "person": person.pk, "mentor": mentor.pk if mentor else None},
        by=by,
    )
    _tell(review, row)
    return row


def _refuse_mentor(review: Review, act: str, person: Person, mentor: Person) -> None:
    if mentor == person:
        raise Refused(_("Nobody sits beside themselves."))
    if not Review.objects.visible_to(mentor).filter(pk=review.pk).exists():
        raise Refused(_("%(mentor)s may not see this product.") % {"mentor": mentor})
    if any(mentor.pk in (one.person.pk, one.acts_through.pk) for one in voters_of(review)):
        told = {"mentor": mentor}
        raise Refused(_("%(mentor)s votes here, and so sits beside nobody.") % told)
    held = Certificate.objects.valid().filter(person=mentor).values_list("path", flat=True)
    asked, held = practice.asked(review, act), set(held)
    if not held or set(asked) - held:
        told = {"mentor": mentor, "paths": ", ".join(asked) or _("any path")}
        raise Refused(_("%(mentor)s has no valid certificate (%(paths)s).") % told)


def _tell(review: Review, row: Presenter) -> None:
    told = {"review": review, "person": row.person, "mentor": row.mentor}
    news = f"presenter:{review.pk}:{review.version}"
    said = {
        PractisedAct.PRESENT: _("You present: %(review)s"),
        PractisedAct.RUN_ROOM: _("You run the room: %(review)s"),
        PractisedAct.DECIDE: _("You decide: %(review)s"),
    }
    link = review.get_absolute_url()
    why = _("You were named for it.")
    tell([row.person], news=news, text=said[PractisedAct(row.act)] % told, link=link, why=why)
    if row.mentor:
        text = _("You sit beside %(person)s: %(review)s. After the decision you co-sign.") % told
        tell([row.mentor], news=f"{news}:mentor", text=text, link=link, why=why)


def ask_to_cosign(review: Review) -> None:
    """Once a review is decided: its mentors are asked for what they saw."""
    for row in review.presenters.exclude(mentor=None).select_related("mentor", "person"):
        tell(
            [row.mentor],
            news=f"cosign:{row.pk}",
            text=_("Co-sign what you saw: %(person)s, %(review)s")
            % {"person": row.person, "review": review},
            link=review.get_absolute_url(),
            why=_("You sat beside them as certified mentor."),
            needs_action=True,
        )


@transaction.atomic
def cosign(row: Presenter, *, note: str, by: Person) -> Presenter:
    """The mentor's word on what they saw: in the record, and evidence of the learner's practice.

    Raises Refused before the decision, a second time, and without words.
    """
    found = Presenter.objects.select_for_update(of=("self",)).select_related(
        "review__product", "review__gate", "person", "mentor"
    )
    row = found.get(pk=row.pk)
    if row.review.stage != Stage.DECIDED:
        raise Refused(_("The review is not decided yet."))
    if row.signed_at is not None:
        raise Refused(_("You have co-signed already."))
    if not note.strip():
        raise Refused(_("Say in a sentence what you saw."))
    row.signed_at, row.note = timezone.now(), note.strip()
    row.save(update_fields=["signed_at", "note"])
    ledger.record(
        kind="practice co-signed",
        subject=f"review:{row.review_id}",
        body={"act": row.act, "person": row.person_id, "mentor": by.pk, "note": row.note},
        by=by,
    )
    if not row.review.is_rehearsal:
        evidence.record(
            row.person,
            mentor=by,
            act=row.act,
            key=f"review:{row.review_id}",
            title=str(row.review),
            link=row.review.get_absolute_url(),
            on=row.review.held_on or today(),
            note=row.note,
        )
    return row


def frozen(review: Review) -> list[dict]:
    """Who presented or led, and who sat beside them, in plain values for the record."""
    rows = review.presenters.select_related("person", "mentor").order_by("pk")
    found = [
        {"act": row.act, "person": row.person.name, "mentor": row.mentor.name if row.mentor else ""}
        for row in rows
    ]
    if any(row["act"] == PRESENT for row in found):
        return found
    lead = practice.presenting(review)
    if lead.person_id is None:
        return found
    return [{"act": PRESENT, "person": lead.person_name, "mentor": ""}, *found]
