"""The generated company is one that the rules of the database accept."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from gates.models import Condition, Decision, Review, Vote
from ipd.models import PortfolioRow, ProcessVersion, Product
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
