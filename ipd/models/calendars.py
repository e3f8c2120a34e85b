"""Working calendars: which hours of which days a plan counts."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class PlanCalendar(models.Model):
    """A week of working hours and the days that differ from it.

    hours     seven lists, Monday first, of [start, end] minutes of the day; an empty list is a
              day off: [[[480, 720], [780, 1020]], …, [], []]
    country   ISO 3166 code whose public holidays are days off (`holidays` knows them); blank:
              none. `subdivision` as that library names it.
    plan      None: one of the company's calendars, which any plan may use; else a calendar
              that came with the plan's file.
    uid       the calendar's number in the project file it came from; extra keeps what the file
              says of it, for the way back
    """

    plan = models.ForeignKey(
        "ipd.Plan", null=True, blank=True, on_delete=models.CASCADE, related_name="own_calendars"
    )
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    hours = models.JSONField()
    country = models.CharField(max_length=2, blank=True)
    subdivision = models.CharField(max_length=10, blank=True)
    minutes_per_day = models.PositiveSmallIntegerField(default=480)
    uid = models.IntegerField(null=True, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                name="a_calendar_s_code_stands_once_in_the_company",
                fields=["code"],
                condition=Q(plan=None),
            ),
            models.UniqueConstraint(
                name="a_calendar_s_code_stands_once_in_its_plan",
                fields=["plan", "code"],
                condition=Q(plan__isnull=False),
            ),
            models.CheckConstraint(
                name="a_working_day_has_minutes",
                condition=Q(minutes_per_day__gt=0, minutes_per_day__lte=1440),
            ),
        ]

    def __str__(self):
        return self.name


class CalendarException(models.Model):
    """Days that differ from the calendar's week: off (no hours), or with hours of their own."""

    calendar = models.ForeignKey(PlanCalendar, on_delete=models.CASCADE, related_name="exceptions")
    first = models.DateField()
    last = models.DateField()
    name = models.CharField(max_length=120, blank=True)
    hours = ArrayField(ArrayField(models.PositiveSmallIntegerField(), size=2), default=list)

    class Meta:
        ordering = ["calendar_id", "first"]
        constraints = [
            models.CheckConstraint(
                name="an_exception_ends_on_or_after_its_first_day",
                condition=Q(last__gte=F("first")),
            )
        ]

    def __str__(self):
        return f"{self.first} {self.name}"
