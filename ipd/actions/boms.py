"""What goes into what: lines are added and taken out, never so that something contains itself."""

from decimal import Decimal

from django.db import connection, transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions.touches import touch
from ipd.models import BomLine, Part, Product, ProductPart
from ipd.models.parts import MODULES, NOT_FOR_USE
from ipd.models.where_used import below, touched_by
from teams.models import Person

STRUCTURE_LOCK = 7_310_011  # any number, the same for all who change what goes into what


def lock_structure() -> None:
    """Wait for whoever else is changing what goes into what, until the transaction ends.

    Two lines that are each right alone can make a cycle together, so rows are not enough.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [STRUCTURE_LOCK])


def refuse_unusable(part: Part) -> None:
    """Refuse a part that nobody may design in any more."""
    if part.status in NOT_FOR_USE:
        raise Refused(
            _("%(part)s is “%(status)s” and goes into nothing new.")
            % {"part": part.code, "status": part.get_status_display()}
        )


@transaction.atomic
def add_line(assembly: Part, part: Part, *, quantity: Decimal, by: Person) -> BomLine:
    """Put a part into an assembly or board; the quantity of one that is in already is replaced.

    Refused for an obsolete or banned part, for something that is no assembly, and when the
    part contains the assembly.
    """
    lock_structure()
    part.refresh_from_db()
    if assembly.kind not in MODULES:
        raise Refused(_("%(part)s is a part: nothing goes into it.") % {"part": assembly.code})
    refuse_unusable(part)
    if assembly.pk == part.pk or assembly.pk in below(part.pk):
        raise Refused(
            _("%(part)s contains %(assembly)s already: nothing contains itself.")
            % {"part": part.code, "assembly": assembly.code}
        )
    line, _new = BomLine.objects.update_or_create(
        assembly=assembly, part=part, defaults={"quantity": quantity}
    )
    touch(touched_by([assembly.pk]))
    return line


@transaction.atomic
def remove_line(line: BomLine, *, by: Person) -> None:
    """Take a part out of an assembly."""
    lock_structure()
    touch(touched_by([line.assembly_id]))
    line.delete()


@transaction.atomic
def add_top(product: Product, part: Part, *, quantity: Decimal, by: Person) -> ProductPart:
    """Make a part, board or assembly one of a product's tops.

    Refused for an obsolete or banned part, and for one that is made for another product.
    """
    lock_structure()
    part.refresh_from_db()
    refuse_unusable(part)
    if part.product_id not in (None, product.pk):
        raise Refused(_("%(part)s is made for another product alone.") % {"part": part.code})
    top, _new = ProductPart.objects.update_or_create(
        product=product, part=part, defaults={"quantity": quantity}
    )
    touch([product.pk])
    return top


@transaction.atomic
def remove_top(top: ProductPart, *, by: Person) -> None:
    """Take a top out of a product."""
    lock_structure()
    touch([top.product_id])
    top.delete()
