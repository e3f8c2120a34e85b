"""Rotations: weeks outside the own function, and how hosts rated them."""

from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import Choice, Day, Reference, Text, Whole
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import BATCH, PK, Parent
from teams.calculations.academy.rotations import Promise, conflict, is_long_enough
from teams.calculations.academy.rubrics import verdict
from teams.models import Rotation, RotationRating
from teams.models.academy.rotations import TAKES_TIME, RotationKind, RotationState, is_rotation
from teams.queries.academy.rotations import TOO_SHORT
from teams.tables.academy.mentor_offers import Codes
from teams.tables.academy.practice import (
    OF_ELEMENT,
    TO_ELEMENT,
    OfLearners,
    Rated,
    by_criterion,
    by_key,
    elements,
    of_element,
)
from teams.tables.academy.private import Mark, Private

OF_ROTATION = (*OF_ELEMENT, "starts_on")
LEFT = (RotationState.LEFT, RotationState.PASSED, RotationState.NOT_YET)
DECIDED = (RotationState.PASSED, RotationState.NOT_YET, RotationState.CANCELLED)


@table
class Rotations(OfLearners):
    name, title = "rotations", _("Rotations")
    about = _("Weeks with a host: when, how much of one's time, for what, and what stays behind.")
    model, key = Rotation, OF_ROTATION
    parents = TO_ELEMENT
    follows = ("seats",)
    columns = (
        *of_element(),
        Day(name="starts_on", path="period__startswith"),
        Day(name="ends_on", path="period__endswith", help=_("The first day without it.")),
        Choice(name="kind", choices=tuple(RotationKind.values)),
        Reference(name="host", to="people", path="host__code"),
        Reference(name="host_function", to="functions", path="host_function__code", required=False),
        Reference(name="host_site", to="sites", path="host_site__code", required=False),
        Reference(name="host_team", to="teams", path="host_team__code", required=False),
        Text(name="goal", longest=4000),
        Whole(name="allocation", path="allocation_percent", lowest=1, highest=100),
        Codes(
            name="covered",
            path="covered_teams",
            help=_("Teams in which the deputy takes over the seat."),
        ),
        Text(name="by_product", longest=4000, required=False),
        Choice(name="state", choices=tuple(RotationState.values)),
        Private(name="remark", required=False),
        Day(name="decided_on", required=False),
    )

    def rows_of(self):
        seats = Rotation.covered.through.objects.filter(rotation=OuterRef("pk"))
        teams = seats.order_by("seat__team__code").values("seat__team__code")
        return super().rows_of().annotate(covered_teams=ArraySubquery(teams))

    def stored_for(self, company):
        for row in super().stored_for(company):
            yield row | {"covered": sorted(set(row["covered"]))}

    def complete(self, row, company):
        row["covered"] = sorted(set(row["covered"]))

    def check(self, rows, company):
        known, people = company.once(elements), company.all_final("people")
        seats = _seats(company)
        ratings = by_key(company, "rotation_ratings", OF_ROTATION)
        for row in rows:
            element = known.get((row["path"], row["element"]))
            if element and not is_rotation(element):
                company.problem(self, row, "element", gettext("a rotation of that path"))
                continue
            self._days(row, company)
            self._host(row, people, company)
            self._state(row, element, ratings.get(self.key_of(row), []), company)
            if row["state"] in TAKES_TIME and self.key_of(row) not in company.stored(self.name):
                self._time(row, seats.get(row["person"], []), company)

    def _days(self, row, company):
        last = row["ends_on"] - timedelta(days=1)
        if not is_long_enough(row["kind"], row["starts_on"], last, row["allocation"]):
            company.problem(self, row, "ends_on", str(TOO_SHORT))
        if (row["state"] in DECIDED) != (row["decided_on"] is not None):
            accepted = gettext("a day where it is rated or cancelled, else none")
            company.problem(self, row, "decided_on", accepted)

    def _host(self, row, people, company):
        if row["host"] == row["person"]:
            company.problem(self, row, "host", gettext("somebody else than the learner"))
        if row["kind"] == RotationKind.FIELD:
            if row["host_site"] is None:
                company.problem(self, row, "host_site", gettext("the site where it was"))
            return
        own = people.get((row["person"],), {}).get("function")
        if row["host_function"] in (None, own):
            company.problem(self, row, "host_function", gettext("another function than the own"))

    def _state(self, row, element, rated, company):
        """What the host said, and what is left behind, belong to what is over."""
        if row["state"] in LEFT and not row["by_product"]:
            company.problem(self, row, "by_product", gettext("what stays behind"))
        levels = by_criterion(rated)
        is_rated = row["state"] in (RotationState.PASSED, RotationState.NOT_YET)
        asked = {one.code for one in element.rubric.criteria.all()} if element else set(levels)
        if set(levels) != (asked if is_rated else set()):
            accepted = gettext("passed or not_yet if, and only if, the host rated every criterion")
            company.problem(self, row, "state", accepted)
        elif row["state"] == RotationState.PASSED and not _passes(levels, element):
            company.problem(self, row, "state", gettext("not_yet, below the element's level"))

    def _time(self, row, seats, company):
        held = [one for one in seats if _overlap(one, row)]
        able = {one["team"] for one in held if one["deputy"]}
        if not set(row["covered"]) <= able:
            accepted = gettext("teams where the learner's seat has a deputy: %(teams)s")
            told = {"teams": ", ".join(sorted(able)) or "–"}
            company.problem(self, row, "covered", accepted % told)
        others = [
            other
            for key, other in company.all_final(self.name).items()
            if key != self.key_of(row)
            and other["person"] == row["person"]
            and other["state"] in TAKES_TIME
        ]
        promises = [
            Promise(one["starts_on"], one["ends_on"], one["allocation"])
            for one in (*(one for one in held if one["team"] not in row["covered"]), *others)
        ]
        found = conflict(promises, row["starts_on"], row["ends_on"], row["allocation"])
        if found:
            accepted = gettext("at most full time; with seats and rotations %(day)s is at %(all)s")
            told = {"day": found.day.isoformat(), "all": f"{found.percent} %"}
            company.problem(self, row, "allocation", accepted % told)

    def values(self, row, company, names=None):
        values = super().values(row, company, names)
        values.pop("covered_teams")
        who = company.final("people", row["person"])
        return values | {
            "period": (row["starts_on"], row["ends_on"]),
            "from_function_id": company.id("functions", who["function"]),
            "from_site_id": company.id("sites", who["site"]),
        }

    def add(self, rows, company):
        super().add(rows, company)
        seats, through = _seats(company), Rotation.covered.through
        through.objects.bulk_create(
            (
                through(rotation_id=row[PK], seat_id=company.id("seats", *_seat_key(one)))
                for row in rows
                for one in seats.get(row["person"], ())
                if one["team"] in row["covered"] and one["deputy"] and _overlap(one, row)
            ),
            batch_size=BATCH,
        )


def _passes(levels: dict[str, int], element) -> bool:
    return element is None or verdict([levels], element.pass_level or 1).passed


def _seats(company) -> dict[str, list[dict]]:
    """Seats that take working time, by who holds them."""
    found = {}
    for row in company.all_final("seats").values():
        if row["person"] and row["allocation"]:
            found.setdefault(row["person"], []).append(row)
    return found


def _seat_key(row) -> tuple:
    return tuple(row[name] for name in ("team", "role", "function", "starts_on"))


def _overlap(seat, rotation) -> bool:
    until = seat["ends_on"]
    return seat["starts_on"] < rotation["ends_on"] and (
        until is None or until > rotation["starts_on"]
    )


@table
class RotationRatings(Rated):
    name, title = "rotation_ratings", _("Hosts' ratings of rotations")
    about = _("The level that a host saw in one criterion, and why.")
    model, key = RotationRating, (*OF_ROTATION, "criterion")
    parents = (
        Parent(
            field="rotation",
            to="rotations",
            by=OF_ROTATION,
            accepts=_("the first day of a rotation"),
        ),
    )
    columns = (
        *of_element("rotation__"),
        Day(name="starts_on", path="rotation__period__startswith"),
        Text(name="criterion", longest=20, path="criterion__code"),
        Mark(name="level"),
        Private(name="reason", longest=4000),
    )
