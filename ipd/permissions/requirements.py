"""Who may do what with a requirement: its product's team and the bodies of its line.

Anybody raises a raw requirement. The team edits, derives and commits; the line's analysis team
analyses, its management team distributes. Whoever brought a requirement confirms it.
"""

from collections.abc import Iterable

from ipd.models import Product, ProductLine, Requirement
from ipd.permissions import acts_in_line, acts_of, may
from teams.models import Person


def acts_on(person: Person, requirement: Requirement) -> frozenset[str]:
    """What the person's seats allow on a requirement, in one query; `confirm` beside them.

    A requirement that belongs to no product yet is its line's, and edited by the analysts.
    """
    if requirement.product is not None:
        acts = acts_of(person, requirement.product)
    else:
        acts = in_line(person, requirement.line)
    mine = requirement.requester_id == person.pk
    # A customer does not sign in: the body that promised the answer asks and confirms for them.
    for_customer = requirement.requester_id is None and "distribute_requirements" in acts
    return acts | {"confirm"} if mine or for_customer else acts


def in_line(person: Person, line: ProductLine) -> frozenset[str]:
    """What the person may do with requirements that belong to the line alone."""
    acts = acts_in_line(person, line)
    return acts | {"edit_requirements"} if "analyse_requirements" in acts else acts


def editable(person: Person, product_ids: Iterable[int | None]) -> set[int]:
    """Those of the products whose requirements the person may edit."""
    ids = [pk for pk in product_ids if pk]
    rows = Product.objects.filter(may(person, "edit_requirements"), pk__in=ids)
    return set(rows.values_list("pk", flat=True))
