"""Certificates: who may practise what, from a day to a day, and why."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today


class Basis(models.TextChoices):
    INTERVIEW = "interview", _("Board interview")
    RENEWAL = "renewal", _("Renewed by practice")
    EXPERIENCE = "experience", _("Recognised experience")


class CertificateQuerySet(models.QuerySet):
    def valid(self, day: date | None = None):
        """Those that hold on that day (today)."""
        day = day or today()
        return self.filter(issued_on__lte=day, valid_until__gte=day, revoked_on=None)

    def standing(self):
        """Neither revoked nor followed by a renewal."""
        return self.filter(revoked_on=None, renewed_by=None)


class Certificate(models.Model):
    """What a person is certified for; added and revoked, never edited.

    path         the code of the learning path, whatever its version
    valid_until  its last day
    proof        what a renewal rests on: a list of {"what", "text", "link"}
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="certificates"
    )
    path = models.CharField(max_length=20)
    number = models.CharField(max_length=30, unique=True)
    issued_on = models.DateField()
    valid_until = models.DateField()
    basis = models.CharField(max_length=10, choices=Basis)
    interview = models.OneToOneField(
        "teams.BoardInterview",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="certificate",
    )
    renews = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="renewed_by"
    )
    proof = models.JSONField(default=list, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=400, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_certificate_ends_after_it_is_issued",
                condition=Q(valid_until__gte=F("issued_on")),
            ),
            models.CheckConstraint(
                name="the_basis_of_a_certificate_is_known", condition=Q(basis__in=Basis.values)
            ),
            models.CheckConstraint(
                name="a_certificate_is_revoked_with_a_reason_or_not_at_all",
                condition=Q(revoked_on=None, revoked_reason="", revoked_by=None)
                | Q(revoked_on__isnull=False) & ~Q(revoked_reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "path", "valid_until"], name="certificates_of_a_person"),
            models.Index(fields=["valid_until", "id"], name="certificates_by_their_end"),
            models.Index(fields=["-issued_on", "-id"], name="certificates_by_their_issue"),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("teams:certificate", args=[self.pk])

    @property
    def is_valid(self) -> bool:
        return self.revoked_on is None and self.issued_on <= today() <= self.valid_until
