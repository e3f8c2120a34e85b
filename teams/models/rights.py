"""Decision rights as data: which seat may do which act. Permissions read this table."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.Model):
    """What a seat is called, and the function it represents (blank: named by each seat)."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    represents = models.ForeignKey(
        "teams.Function", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_core = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self):
        return self.name


class SeatedIn(models.TextChoices):
    TEAM = "team", _("the product's own team")
    BODY = "body", _("the deciding body")


class DecisionRight(models.Model):
    """A seat of `role`, in the product's team or the deciding body, may do `act`.

    `chain` limits it to reviews of one chain (DCP, TR); blank means both. `body_kind` limits
    it to bodies of one kind (IPMT, RMT); blank means the body that decides the review, so a
    right about a product's work names its kind of body.
    """

    act = models.CharField(max_length=40)
    chain = models.CharField(max_length=20, blank=True)
    seated_in = models.CharField(max_length=8, choices=SeatedIn)
    body_kind = models.CharField(max_length=20, blank=True)
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="rights")

    class Meta:
        ordering = ["act", "chain", "seated_in", "role"]
        constraints = [
            models.UniqueConstraint(
                name="a_right_is_given_once",
                fields=["act", "chain", "seated_in", "body_kind", "role"],
            ),
            models.CheckConstraint(
                name="a_right_comes_from_the_team_or_the_body",
                condition=models.Q(seated_in__in=SeatedIn.values),
            ),
        ]

    def __str__(self):
        return f"{self.role_id} {self.act}"
