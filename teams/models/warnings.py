"""Which KPIs tell a crisis early, and which of its three signs each of them tells."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teams.models.kpis import Kpi


class Warned(models.TextChoices):
    """How a crisis of products shows itself before anybody calls it one."""

    INSTABILITY = "instability", _("Product instability")
    DEADLINES = "deadlines", _("Slipping deadlines")
    COMPLAINTS = "complaints", _("Complaints")


class WarningSign(models.Model):
    """A KPI that tells one of the three."""

    kpi = models.OneToOneField(Kpi, on_delete=models.CASCADE, related_name="warning")
    tells = models.CharField(max_length=12, choices=Warned)

    class Meta:
        ordering = ["tells", "pk"]
        constraints = [
            models.CheckConstraint(
                name="what_a_kpi_warns_of_is_known", condition=Q(tells__in=Warned.values)
            )
        ]

    def __str__(self):
        return f"{self.kpi_id} {self.tells}"
