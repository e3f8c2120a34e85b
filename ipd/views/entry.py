"""How a reader comes to a product: seen or 404, with what they may do there, allowed or 403."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from ipd.kernel.access import require
from ipd.models import Product
from ipd.permissions import acts_of

SEE_MONEY = "see_money"


@dataclass(frozen=True)
class Entry:
    """The product a reader came to, and the acts that their seats allow there."""

    product: Product
    acts: frozenset[str]

    @property
    def granted(self) -> bool:
        return SEE_MONEY in self.acts

    def context(self, **more) -> dict:
        """What every page about the product's work has."""
        return {"product": self.product, "acts": self.acts, "granted": self.granted, **more}


def entry(request, pk, *acts: str, also: tuple[str, ...] = ()) -> Entry:
    """The product (404 unless visible) with the reader's acts, in two queries; 403 without `acts`.

    also  relations that this page reads beside those that most pages read
    """
    rows = Product.objects.visible_to(request.user)
    product = get_object_or_404(
        rows.select_related("line", "phase", "process", "team", *also), pk=pk
    )
    return enter(request, product, *acts)


def enter(request, product: Product, *acts: str) -> Entry:
    """The same for a product that came with something visible of it."""
    found = Entry(product, acts_of(request.user, product))
    require(found.acts.issuperset(acts))
    return found
