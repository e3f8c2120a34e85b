"""What a contract could promise, as the plan, the case, the money and the requirements say now."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from ipd.kernel.days import add_working_days, today
from ipd.kernel.measures import MEASURES, Unit
from ipd.models import ContractElementDefinition, Product
from ipd.models.contracts import COST, GA
from ipd.queries import earned_value

LEAST_DAYS = 250  # working days to general availability when nothing says when
# A date is committed to at 80 % certainty, whatever it is followed by afterwards.
COMMITTED = {GA: "plan_p80"}


@dataclass(frozen=True)
class Proposal:
    """A value in the element's unit, and where it comes from."""

    definition: ContractElementDefinition
    value: Decimal
    source: str


def proposals(product: Product) -> list[Proposal]:
    """One per element that the product's process defines, in its order."""
    definitions = ContractElementDefinition.objects.filter(process=product.process_id)
    return [_proposal(product, definition) for definition in definitions]


def _proposal(product: Product, definition: ContractElementDefinition) -> Proposal:
    if definition.code == COST and (found := _budget(product)) is not None:
        return Proposal(definition, found, _("Budget given, and work planned"))
    measure = MEASURES.get(COMMITTED.get(definition.code, definition.measure))
    if measure is not None:
        reading = measure.on([product.pk], today()).get(product.pk)
        figure = measure.figure(reading) if reading else None
        if figure is not None:
            return Proposal(definition, figure, str(measure.label))
    if definition.unit == Unit.DATE:
        day = product.ga_on or add_working_days(today(), LEAST_DAYS)
        return Proposal(definition, Decimal(day.toordinal()), _("Nothing computed yet"))
    return Proposal(definition, Decimal(0), _("Nothing computed yet"))


def _budget(product: Product) -> Decimal | None:
    value = earned_value.of([product.pk], today()).get(product.pk)
    return value.bac if value else None
