"""Seats: one named person per seat, one deputy, from a day to a day."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from ipd.kernel.days import today


def only(field):
    """The value of one bigint column as a range of one, so that && reads as =."""
    return Func(F(field), F(field), Value("[]"), function="int8range")


class SeatQuerySet(models.QuerySet):
    def current(self, day: date | None = None):
        """Seats of that day (today), filled or open."""
        return self.filter(period__contains=day or today())

    def held_by(self, person):
        return self.filter(person=person)


class Seat(models.Model):
    """A role in a team, from its period's first day up to, and without, its last.

    `person` is empty while the seat is open. `allocation_percent` is the share of the
    holder's working time that the seat is promised; 100 is a full-time seat.
    """

    team = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="seats")
    role = models.ForeignKey("teams.Role", on_delete=models.PROTECT, related_name="seats")
    function = models.ForeignKey("teams.Function", on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="seats",
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deputy_seats",
    )
    allocation_percent = models.PositiveSmallIntegerField(default=0)
    period = DateRangeField()

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["team", "role__order", "function"]
        constraints = [
            ExclusionConstraint(
                name="one_seat_per_team_role_function_and_day",
                expressions=[
                    (only("team_id"), RangeOperators.OVERLAPS),
                    (only("role_id"), RangeOperators.OVERLAPS),
                    (only("function_id"), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message="The team has this seat already then.",
            ),
            models.CheckConstraint(
                name="nobody_is_their_own_deputy",
                condition=Q(person=None) | Q(deputy=None) | ~Q(person=F("deputy")),
            ),
            models.CheckConstraint(
                name="seat_allocation_is_at_most_full_time",
                condition=Q(allocation_percent__lte=100),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "team"], name="seats_of_a_person"),
            models.Index(fields=["team", "role"], name="seats_of_a_team"),
        ]

    def __str__(self):
        return f"{self.team_id} {self.role_id}"
