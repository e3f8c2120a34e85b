"""Facts of computed criteria, once everything they are read from is in."""

from gates.actions import facts
from gates.models import Review
from ipd.kernel.actions import touches
from ipd.kernel.tables.register import at_last

READ_AT_ONCE = 200  # products; of more of them the clock reads a part at a time


@at_last
def read_facts(company):
    """Read the facts of all open reviews: any table may have moved them."""
    ids = set(Review.objects.filter(facts.MOVING).values_list("product", flat=True))
    if len(ids) <= READ_AT_ONCE:
        facts.refresh(ids)
    else:
        touches.touch(ids)
