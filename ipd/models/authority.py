"""Delegation of authority as data: up to which amount a level may commit or release money."""

from django.db import models
from django.db.models import Q


class AuthorityLimit(models.Model):
    """Level `level` of an act: held by a seat of `role`, or by a body as a whole.

    role                code of the seat's role, in the product's own team unless `body_kind`
                        names a body; blank: the body itself decides, by a resolution
    limit               in the company's currency, for one act; none: without a limit
    cumulative_percent  of the whole (of the risk reserve) that the level may have released
    window_days         acts with the same supplier or part within so many days count as one
    """

    process = models.ForeignKey(
        "ipd.ProcessVersion", on_delete=models.CASCADE, related_name="authority_limits"
    )
    act = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=20, blank=True)
    body_kind = models.CharField(max_length=20, blank=True)
    limit = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    cumulative_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    window_days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["process_id", "act", "level", "role"]
        constraints = [
            models.UniqueConstraint(
                name="a_level_of_authority_is_held_once",
                fields=["process", "act", "level", "role", "body_kind"],
            ),
            models.CheckConstraint(
                name="a_level_of_authority_has_a_holder",
                condition=~Q(role="") | ~Q(body_kind=""),
            ),
            models.CheckConstraint(
                name="authority_is_a_share_of_at_most_all",
                condition=Q(cumulative_percent=None) | Q(cumulative_percent__lte=100),
            ),
        ]

    def __str__(self):
        return f"{self.act} {self.level}"
