"""What goes into what: assemblies' lines, products' tops, and what a week of a product earns."""

from django.db import models
from django.db.models import F, Q


class BomLine(models.Model):
    """`quantity` of a part in one piece of an assembly or board. Lines never form a cycle."""

    assembly = models.ForeignKey("ipd.Part", on_delete=models.CASCADE, related_name="lines")
    part = models.ForeignKey("ipd.Part", on_delete=models.PROTECT, related_name="used_in")
    quantity = models.DecimalField(max_digits=10, decimal_places=3, default=1)

    class Meta:
        ordering = ["assembly_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_part_is_in_an_assembly_once", fields=["assembly", "part"]
            ),
            models.CheckConstraint(
                name="nothing_is_a_part_of_itself", condition=~Q(assembly=F("part"))
            ),
            models.CheckConstraint(name="a_bom_line_has_a_quantity", condition=Q(quantity__gt=0)),
        ]
        indexes = [
            # Both ways of the walk are answered from an index alone.
            models.Index(fields=["part", "assembly"], name="bom_lines_upwards"),
        ]

    def __str__(self):
        return f"{self.assembly_id} {self.part_id}"


class ProductPart(models.Model):
    """A top assembly, or a loose part, of a product."""

    product = models.ForeignKey("ipd.Product", on_delete=models.CASCADE, related_name="tops")
    part = models.ForeignKey("ipd.Part", on_delete=models.PROTECT, related_name="products")
    quantity = models.DecimalField(max_digits=10, decimal_places=3, default=1)

    class Meta:
        ordering = ["product_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_part_is_a_product_s_top_once", fields=["product", "part"]
            ),
            models.CheckConstraint(name="a_top_has_a_quantity", condition=Q(quantity__gt=0)),
        ]
        indexes = [models.Index(fields=["part", "product"], name="tops_upwards")]

    def __str__(self):
        return f"{self.product_id} {self.part_id}"


class ProductContribution(models.Model):
    """Contribution of one week of a product, in the company's currency, from a day on. Money."""

    product = models.ForeignKey(
        "ipd.Product", on_delete=models.CASCADE, related_name="contributions"
    )
    from_on = models.DateField()
    weekly = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["product_id", "from_on"]
        constraints = [
            models.UniqueConstraint(
                name="a_product_has_one_contribution_from_a_day", fields=["product", "from_on"]
            ),
            models.CheckConstraint(
                name="a_contribution_is_not_negative", condition=Q(weekly__gte=0)
            ),
        ]

    def __str__(self):
        return f"{self.product_id} {self.from_on}"
