"""The generated company is one that the rules of the database accept."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from gates.management.commands.generate import SCALES
from gates.management.generating import people, plans
from gates.models import Condition, Decision, Review, Vote
from ipd.actions.scheduling import reschedule
from ipd.models import Activity, BaselineRow, Plan, PortfolioRow, ProcessVersion, Product
from teams.models import Person


def test_a_small_company_is_generated_once(process):
    before = {model: model.objects.count() for model in (Person, Product)}

    call_command("generate", scale="small", stdout=StringIO())

    assert Person.objects.count() == before[Person] + 1000
    assert Product.objects.count() == before[Product] + 50
    held = Review.objects.held().count()
    assert Review.objects.count() == held + 50
    assert Decision.objects.count() == held
    assert Vote.objects.count() > 10 * held
    assert Condition.objects.exists()
    assert PortfolioRow.objects.filter(open_conditions__gt=0).exists()
    assert ProcessVersion.objects.get(is_current=True) == process

    with pytest.raises(CommandError, match="already"):
        call_command("generate", scale="small")


def test_generated_plans_have_links_and_a_baseline(process):
    numbers = {**SCALES["small"], "process": process.pk}
    for step in [*people.STEPS, *plans.STEPS]:
        step.run(numbers)

    assert Plan.objects.filter(product__code__startswith="G").count() == 50
    large = Plan.objects.get(product__code="G00002")
    assert large.activities.count() == 5000
    assert Activity.objects.count() == 49 * 100 + 5000
    assert BaselineRow.objects.count() == Activity.objects.count()
    assert large.links.count() > 4400
    reschedule(large)
    assert large.finishes_at is not None
