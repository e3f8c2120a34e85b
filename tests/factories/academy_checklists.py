"""A small checklist, and what makes it true."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from teams.models import Attempt, Content
from tests.factories.academy import LearningModuleFactory
from tests.factories.people import PersonFactory

CORE_ITEMS = [
    {"code": "C-1", "fact": "seat_confirmed", "within_days": 3},
    {"code": "C-2", "fact": "module_passed", "params": {"module": "M01"}, "within_days": 14},
    {"code": "C-3", "fact": "knowledge_claimed", "count": 2, "within_days": 20},
]


class ChecklistFactory(DjangoModelFactory):
    """Of new core members, 45 days."""

    class Meta:
        model = Content

    kind = "checklist"
    code = "C-CORE"
    body = factory.Dict(
        {
            "code": "C-CORE",
            "title": "New core member",
            "for_role": "CORE",
            "days": 45,
            "items": [
                {"text": f"Text of {item['code']}", "why": "Because.", **item}
                for item in CORE_ITEMS
            ],
        }
    )

    @classmethod
    def _create(cls, model_class, *args, **fields):
        fields.setdefault("title", fields["body"]["title"])
        return super()._create(model_class, *args, **fields)


class PassedFactory(DjangoModelFactory):
    """An assessment that was passed."""

    class Meta:
        model = Attempt

    person = factory.SubFactory(PersonFactory)
    module = factory.SubFactory(LearningModuleFactory)
    version = "3.0"
    cut_percent = 80
    asked = 8
    started_at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    submitted_at = datetime(2026, 11, 20, 10, tzinfo=UTC)
    right = 8
    score = 100
    passed = True
