"""What a product team answers for, told to packages that know no product."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from ipd.models import Phase, Product, ProductLine
from ipd.models.products import ProductStatus
from ipd.permissions import OF_ITS_KIND, acts_of, products_where
from teams.models import DecisionRight, Person
from teams.permissions import by_seat_in_body
from teams.subjects import Subject, register

RUNNING = (ProductStatus.ACTIVE, ProductStatus.ON_HOLD)


class TeamsOfProducts:
    """Teams answer for products; their figures add up to product lines and the company."""

    def of(self, teams: Iterable[int]) -> dict[int, Subject]:
        return self._read(Product.objects.filter(team__in=list(teams)))

    def measured(self, *, group: str = "", only_open: bool = False) -> dict[int, Subject]:
        products = self._measured(group)
        return self._read(products.filter(is_confidential=False) if only_open else products)

    def ended(self) -> dict[int, Subject]:
        return self._read(Product.objects.exclude(status__in=RUNNING))

    def open_groups(self) -> dict[int, str]:
        rows = Product.objects.filter(is_confidential=False).order_by()
        return dict(rows.values_list("team", "line__code"))

    def visible_to(self, person: Person, *, group: str = "") -> QuerySet:
        visible = Product.objects.visible_to(person).filter(pk__in=self._measured(group))
        return visible.order_by().values("team")

    def confidential_to(self, person: Person, *, group: str = "") -> QuerySet:
        hidden = self._measured(group).filter(is_confidential=True)
        visible = Product.objects.visible_to(person).filter(pk__in=hidden)
        return visible.order_by().values("team")

    def groups(self) -> list[tuple[str, str]]:
        return list(ProductLine.objects.order_by("code").values_list("code", "name"))

    def phases(self) -> list[tuple[str, str]]:
        phases = Phase.objects.filter(process__is_current=True).order_by("order")
        return list(phases.values_list("code", "name"))

    def acts_of(self, person: Person, team: int) -> frozenset[str]:
        product = Product.objects.visible_to(person).filter(team=team).first()
        return acts_of(person, product) if product is not None else frozenset()

    def may(self, person: Person, act: str) -> QuerySet:
        allowed = products_where(person, act).filter(pk__in=self._measured(""))
        return allowed.order_by().values("team")

    def acts_in_group(self, person: Person, group: str) -> frozenset[str]:
        rights = by_seat_in_body(person) & OF_ITS_KIND
        if group:
            rights &= Q(role__seats__team__bodies__line__code=group)
        return frozenset(DecisionRight.objects.filter(rights).values_list("act", flat=True))

    def granted(self, person: Person) -> QuerySet:
        return products_where(person, "see_money").order_by().values("team")

    def _measured(self, group: str) -> QuerySet[Product]:
        products = Product.objects.filter(status__in=RUNNING)
        return products.filter(line__code=group) if group else products

    def _read(self, products: QuerySet[Product]) -> dict[int, Subject]:
        return {
            product.team_id: Subject(
                team=product.team_id,
                measured=product.pk,
                code=product.code,
                name=product.name,
                group=product.line.code,
                group_name=product.line.name,
                phase=product.phase.code,
                phase_name=product.phase.name,
                url=product.get_absolute_url(),
                is_open=not product.is_confidential,
            )
            for product in products.select_related("line", "phase")
        }


register(TeamsOfProducts())
