"""Who may change which part, and whose contribution counts into a sum.

Parts are shared, so a right on a part comes from the products that need it: whoever may change
the supply of one of these may change the part. A part that no product needs yet may be changed
by anybody who changes some product's supply.

Money: a product's weekly contribution counts into a sum only for readers who see that product
and hold the grant for it. A sum says over how many of the products that the reader sees it was
made, and never depends on a product they do not see. Weeks at risk are no money: all see them.
"""

from collections.abc import Iterable

from ipd.models import Part, where_used
from ipd.permissions import products_where
from teams.models import Person


def editable_parts(person: Person, part_ids: Iterable[int]) -> set[int]:
    """Of these parts those the person may change, in three queries."""
    mine = set(products_where(person, "edit_supply").order_by().values_list("pk", flat=True))
    if not mine:
        return set()
    wanted = list(part_ids)
    needed = where_used.products_of(wanted)
    own = dict(Part.objects.filter(pk__in=wanted).values_list("pk", "product"))
    return {
        pk
        for pk, maker in own.items()
        if not (users := needed.get(pk, set()) | ({maker} if maker else set())) or users & mine
    }


def can_edit_part(person: Person, part: Part) -> bool:
    """The person may change the supply of a product that needs the part, or of any if none does."""
    return part.pk in editable_parts(person, [part.pk])
