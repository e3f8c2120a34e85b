"""Who gets a place of a cohort when more wait than there are places."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Strata(models.TextChoices):
    NONE = "", _("Everybody in one draw")
    FUNCTION = "function", _("Places shared by function")
    SITE = "site", _("Places shared by site")


class Lottery(models.Model):
    """The one draw of a cohort: seed and drawn order are published, and never change.

    `order` is a list of objects with `rank`, `code` (the person's number), `stratum`, `mark`
    and `drawn`, as `calculations.academy.lotteries.draw` gives it.
    """

    cohort = models.OneToOneField("teams.Cohort", on_delete=models.PROTECT, related_name="lottery")
    seed = models.CharField(max_length=64)
    strata = models.CharField(max_length=8, choices=Strata, blank=True, default=Strata.NONE)
    places = models.PositiveSmallIntegerField()
    order = models.JSONField()
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drawn_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-drawn_at", "-pk"]
        verbose_name_plural = "lotteries"
        constraints = [
            models.CheckConstraint(
                name="the_strata_of_a_lottery_are_known", condition=Q(strata__in=Strata.values)
            ),
            models.CheckConstraint(name="a_lottery_draws_for_places", condition=Q(places__gte=1)),
        ]

    def __str__(self):
        return f"{self.cohort_id} {self.seed[:8]}"
