"""Product lines and the bodies that decide for them."""

from django.db import models
from django.db.models import Q


class ProductLine(models.Model):
    """Products that share a market, a board and a profit and loss account."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return self.name


class LineBody(models.Model):
    """The team that is a line's body of a kind (IPMT, TRP …); no line: the company's."""

    line = models.ForeignKey(
        ProductLine, null=True, blank=True, on_delete=models.CASCADE, related_name="bodies"
    )
    kind = models.CharField(max_length=20)
    team = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="bodies")

    class Meta:
        ordering = ["line_id", "kind"]
        constraints = [
            models.UniqueConstraint(
                name="a_line_has_one_body_of_a_kind",
                fields=["line", "kind"],
                condition=Q(line__isnull=False),
            ),
            models.UniqueConstraint(
                name="the_company_has_one_body_of_a_kind",
                fields=["kind"],
                condition=Q(line=None),
            ),
        ]

    def __str__(self):
        return f"{self.line_id} {self.kind}"
