"""Texts worth reading: a core of three sections with a chart and exercises, and variants of it."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from teams.models import Attempt, ItemPool, ModuleText, ReadingPlace
from tests.factories.academy import (
    ItemPoolFactory,
    LearningModuleFactory,
    ModuleItemFactory,
    ModuleTextFactory,
)
from tests.factories.people import PersonFactory

SECTIONS = [
    {"slug": "why", "title": "Why", "core": True},
    {"slug": "how", "title": "How", "core": True},
    {"slug": "here", "title": "Here", "core": False},
]
SOURCE = """+++
code = "M01"
+++

## Why

Because it is **so**. <script>alert(1)</script> ![no](https://tracker.example/p.png)

:::chart kind=bar title="Money by gate" x="Gate" y="M€"
Gate,Released
CDCP,0.9
PDCP,7.6
:::

:::exercise key=e1 kind=single
? Which is right?
- [ ] This
  > SAID-OF-THIS
- [x] That
  > SAID-OF-THAT
:::

## How

| What | Days |
|---|---:|
| Read | 3 |

:::exercise key=e2 kind=number answer=41.7 tolerance=0.5 unit="%" formula="FORMULA"
? How much?
> right: SAID-RIGHT
> wrong: SAID-WRONG
> if 80: SAID-IF
:::

## Here

:::exercise key=e3 kind=order
? In which order?
1. First step
2. Second step
3. Third step
> right: ORDER-RIGHT
> wrong: ORDER-WRONG
:::
"""


def text(code="M01", **fields) -> ModuleText:
    """The core of a module that is taught."""
    front = {"objectives": [], "sections": SECTIONS, "competencies": [], "prerequisites": []}
    module = LearningModuleFactory(code=code)
    return ModuleTextFactory(**{"module": module, "source": SOURCE, "front": front, **fields})


def variant(core, language, base, **sections) -> ModuleText:
    """A text over the core that replaces the sections of these slugs."""
    body = "\n\n".join(f"## {title}\n\n{said}" for title, said in sections.values())
    return ModuleTextFactory(
        module=core.module,
        language=language,
        title=f"{core.title} {language}",
        version=base,
        base_version=base,
        front={"sections": list(sections)},
        source=f'+++\ncode = "x"\n+++\n\n{body}\n',
    )


def pool(code="M01", *, items=4, **fields) -> ItemPool:
    """An assessment of two items out of four, with the module's text in force."""
    module = LearningModuleFactory(code=code)
    if not module.texts.exists():
        text(code)
    for number in range(1, items + 1):
        ModuleItemFactory(module=module, code=f"{code}-I{number:02d}")
    return ItemPoolFactory(module=module, **fields)


class ReadingPlaceFactory(DjangoModelFactory):
    class Meta:
        model = ReadingPlace

    person = factory.SubFactory(PersonFactory)
    module = factory.SubFactory(LearningModuleFactory)
    version = "3.0"


class AttemptFactory(DjangoModelFactory):
    """An open attempt at a module, with one item on its sheet."""

    class Meta:
        model = Attempt

    person = factory.SubFactory(PersonFactory)
    module = factory.SubFactory(LearningModuleFactory)
    version = "3.0"
    cut_percent = 80
    wait_hours = 24
    asked = 1
    started_at = datetime(2026, 11, 20, 9, tzinfo=UTC)

    @factory.lazy_attribute
    def sheet(self):
        item = ModuleItemFactory(module=self.module)
        return [{"item": item.pk, "code": item.code, "order": [2, 0, 1]}]


class SubmittedFactory(AttemptFactory):
    """Handed in, and not passed."""

    submitted_at = datetime(2026, 11, 20, 10, tzinfo=UTC)
    right = 0
    score = 0
    passed = False

    @factory.lazy_attribute
    def sheet(self):
        item = ModuleItemFactory(module=self.module)
        line = {"item": item.pk, "code": item.code, "order": [2, 0, 1]}
        return [line | {"answer": 1, "right": False}]
