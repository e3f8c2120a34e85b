"""Teams and bodies: product teams, boards, panels; what they are called is data."""

from django.db import models
from django.urls import reverse


class Team(models.Model):
    """A group with seats. `kind` is the field's word for it: PDT, LMT, IPMT, TRP …"""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=20)
    charter = models.TextField(blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("teams:team", args=[self.pk])
