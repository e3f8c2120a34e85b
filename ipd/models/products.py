"""Products, and who may see them."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from ipd.models.lines import LineBody
from teams.models import Seat


class ProductStatus(models.TextChoices):
    ACTIVE = "active", _("Active")
    ON_HOLD = "on_hold", _("On hold")
    CANCELLED = "cancelled", _("Cancelled")
    RETIRED = "retired", _("Retired")


class ProductQuerySet(models.QuerySet):
    def visible_to(self, person):
        """All open products, and the confidential ones the person has a seat or a grant for.

        A seat counts in the product's own team (also as deputy) and in a body of its line.
        """
        if person.is_anonymous:
            return self.none()
        # What the person sits in is found once, not once for every confidential product.
        seats = Seat.objects.current().filter(Q(person=person) | Q(deputy=person))
        teams = seats.order_by().values("team")
        bodies = LineBody.objects.filter(team__in=teams, line__isnull=False)
        grants = ProductGrant.objects.current().filter(person=person)
        return self.filter(
            Q(is_confidential=False)
            | Q(team__in=teams)
            | Q(line__in=bodies.order_by().values("line"))
            | Q(pk__in=grants.values("product"))
        )


class OfProductQuerySet(models.QuerySet):
    """Rows of a product, to which `of_product` leads: who sees the product sees them."""

    of_product = "product"

    def visible_to(self, person):
        return self.filter(Exists(self._products(person)))

    def _products(self, person):
        return Product.objects.visible_to(person).filter(pk=OuterRef(self.of_product))


class MaybeOfProductQuerySet(OfProductQuerySet):
    """Rows that may belong to a product; those that do not are everybody's who is signed in."""

    def visible_to(self, person):
        if person.is_anonymous:
            return self.none()
        return self.filter(Q(**{self.of_product: None}) | Exists(self._products(person)))


class Product(models.Model):
    """What a team answers for from charter to withdrawal.

    `status` ON_HOLD keeps the phase it froze; phase and status change only as the effect
    of a gate's decision.
    """

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=150)
    line = models.ForeignKey("ipd.ProductLine", on_delete=models.PROTECT, related_name="products")
    product_class = models.CharField(max_length=60, blank=True)
    process = models.ForeignKey(
        "ipd.ProcessVersion", on_delete=models.PROTECT, related_name="products"
    )
    phase = models.ForeignKey("ipd.Phase", on_delete=models.PROTECT, related_name="products")
    phase_since = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=ProductStatus, default=ProductStatus.ACTIVE)
    team = models.OneToOneField("teams.Team", on_delete=models.PROTECT, related_name="product")
    is_confidential = models.BooleanField(default=False)
    ga_on = models.DateField(null=True, blank=True)
    summary = models.TextField(blank=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="product_status_is_known", condition=Q(status__in=ProductStatus.values)
            )
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    def get_absolute_url(self):
        return reverse("ipd:product", args=[self.pk])


class GrantQuerySet(models.QuerySet):
    def current(self):
        return self.filter(Q(until=None) | Q(until__gte=today()))


class ProductGrant(models.Model):
    """Sight of one product for someone without a seat, with a reason and an end."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="grants")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="product_grants"
    )
    reason = models.CharField(max_length=300)
    until = models.DateField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_grant_per_person_and_product", fields=["product", "person"]
            )
        ]

    def __str__(self):
        return f"{self.product_id} {self.person_id}"
