"""The lottery of a cohort: one draw, published and recorded; then the list is moved up."""

import secrets
from dataclasses import asdict

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.kernel.actions.notices import tell
from teams.actions.academy import cohorts
from teams.calculations.academy.lotteries import draw as drawn_by
from teams.models import Cohort, Enrolment, Lottery, Person
from teams.models.academy.enrolments import EnrolmentState
from teams.models.academy.lotteries import Strata


def _waiting(cohort: Cohort):
    """Who waits for the path without a place, held."""
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(path__code=cohort.path.code, cohort=None, state=EnrolmentState.WAITING)


@transaction.atomic
def draw(cohort: Cohort, *, strata: str, by: Person) -> Lottery:
    """Draw the cohort's free places among all who wait; once for each cohort.

    The seed comes from the machine's own randomness at the moment of the draw, after the list
    of who waits is held; nobody can choose it. Seed, order and marks are published and recorded.
    """
    cohort = cohorts.locked(cohort)
    if Lottery.objects.filter(cohort=cohort).exists():
        raise Refused(_("The lottery of this cohort is drawn: it is never drawn twice."))
    places = cohort.places - cohorts.taken(cohort)
    if places <= 0:
        raise Refused(_("No place is free."))
    rows = list(_waiting(cohort).select_related("person__function", "person__site"))
    if not rows:
        raise Refused(_("Nobody waits for this path."))
    by_code = {row.person.code: row for row in rows}
    strata_of = {code: _stratum(row.person, strata) for code, row in by_code.items()}
    seed = secrets.token_hex(16)
    order = drawn_by(strata_of, seed=seed, places=places)
    lottery = Lottery.objects.create(
        cohort=cohort,
        seed=seed,
        strata=strata,
        places=places,
        order=[asdict(ticket) for ticket in order],
        drawn_by=by,
    )
    ledger.record(
        kind="lottery drawn",
        subject=f"cohort:{cohort.code}",
        body={"seed": seed, "strata": strata, "places": places, "order": lottery.order},
        by=by,
    )
    for ticket in order:
        if ticket.drawn:
            cohorts.place(by_code[ticket.code], cohort)
    _tell_the_others(lottery, by_code)
    return lottery


def _stratum(person: Person, strata: str) -> str:
    group = {Strata.FUNCTION: person.function, Strata.SITE: person.site}.get(strata)
    return group.code if group else ""


def _tell_the_others(lottery: Lottery, by_code) -> None:
    tell(
        [by_code[one["code"]].person for one in lottery.order if not one["drawn"]],
        news=f"lottery:{lottery.pk}",
        text=_(
            "The lottery of cohort %(cohort)s is drawn. You wait on; your place in the order "
            "is published."
        )
        % {"cohort": lottery.cohort.code},
        link=reverse("teams:cohort-lottery", args=[lottery.cohort.code]),
        why=_("You are on the waiting list."),
    )


@transaction.atomic
def move_up(cohort: Cohort, *, by: Person) -> list[Enrolment]:
    """Give places that became free to the next of the drawn order who still wait."""
    cohort = cohorts.locked(cohort)
    lottery = Lottery.objects.filter(cohort=cohort).first()
    if lottery is None:
        raise Refused(_("Draw the lottery first."))
    free = cohort.places - cohorts.taken(cohort)
    waiting = {row.person.code: row for row in _waiting(cohort).select_related("person")}
    following = [waiting[one["code"]] for one in lottery.order if one["code"] in waiting]
    if free <= 0 or not following:
        raise Refused(_("No place is free, or nobody of the drawn order waits any more."))
    moved = [cohorts.place(row, cohort) for row in following[:free]]
    ledger.record(
        kind="moved up in a lottery",
        subject=f"cohort:{cohort.code}",
        body={"people": [row.person.code for row in moved]},
        by=by,
    )
    return moved
