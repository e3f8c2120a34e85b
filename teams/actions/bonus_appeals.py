"""Appeals against a frozen round, and their answers; what is granted comes out of the reserve."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.kernel.actions.notices import tell
from teams.actions.bonuses import locked
from teams.models import BonusAnswer, BonusAppeal, BonusTeam, Person
from teams.queries import bonus_access, bonus_people
from teams.queries.bonus_appeals import left_in_reserve


@transaction.atomic
def appeal(row: BonusTeam, *, text: str, by: Person) -> BonusAppeal:
    """Say what is wrong. Refused outside of the window, without a reason, and a second time."""
    if not locked(row.round).takes_appeals:
        raise Refused(_("Appeals are taken only after the round is frozen, in its window."))
    if not text.strip():
        raise Refused(_("Say what is wrong."))
    if row.appeals.filter(by=by):
        raise Refused(_("You have appealed already."))
    made = BonusAppeal.objects.create(team=row, by=by, text=text.strip())
    people = bonus_people.in_body_with(bonus_access.APPROVE)
    tell(
        [person for person in people if not _is_party(made, row, person)],
        news=f"bonus:appeal:{made.pk}",
        text=_("An appeal about %(round)s waits for an answer.") % {"round": row.round.name},
        link=row.get_absolute_url(),
        why=_("You may approve bonus rounds."),
        needs_action=True,
    )
    return made


def _is_party(made: BonusAppeal, row: BonusTeam, person: Person) -> bool:
    return person.pk in (made.by_id, row.proposed_by_id)


@transaction.atomic
def answer(
    asked: BonusAppeal, *, upheld: bool, text: str, amount: Decimal, by: Person
) -> BonusAnswer:
    """Uphold or dismiss an appeal, and say why; an amount is paid beside the frozen share.

    Refused to whoever it is about, without a reason, twice, and for more than the reserve has.
    """
    row = asked.team
    held = locked(row.round)
    if _is_party(asked, row, by):
        raise Refused(_("An appeal is answered by somebody it is not about."))
    if hasattr(asked, "answer"):
        raise Refused(_("It is answered already."))
    if not text.strip():
        raise Refused(_("Say why."))
    if amount and not upheld:
        raise Refused(_("Only an appeal that is upheld is paid."))
    if amount > left_in_reserve(held):
        raise Refused(_("The reserve does not have that much."))
    made = BonusAnswer.objects.create(
        appeal=asked, by=by, upheld=upheld, text=text.strip(), amount=amount
    )
    ledger.record(
        kind="bonus appeal answered",
        subject=f"bonus:{held.pk}",
        body={
            "appeal": asked.pk,
            "upheld": upheld,
            "seal": ledger.digest([asked.pk, upheld, made.text, f"{amount:.2f}"]),
        },
        by=by,
    )
    tell(
        [asked.by],
        news=f"bonus:appeal:{asked.pk}:answered",
        text=_("Your appeal about %(round)s is answered.") % {"round": held.name},
        link=row.get_absolute_url(),
        why=_("You appealed."),
    )
    return made
