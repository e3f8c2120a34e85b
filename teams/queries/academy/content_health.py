"""How the curriculum stands: reviews that are due, layers that drifted, items that ask badly."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from ipd.kernel.days import today
from teams.calculations.academy.item_statistics import Sums, difficulty, discrimination
from teams.calculations.academy.lessons import is_older
from teams.models import LearningModule, ModuleItem, ModuleText
from teams.models.academy.modules import CORE_LANGUAGE, TextState

SOON = timedelta(days=30)
HARD, EASY, WEAK = 0.3, 0.95, 0.1


@dataclass(frozen=True)
class Layer:
    """A local text in force, and whether its core has moved on."""

    language: str
    base_version: str
    has_drifted: bool


@dataclass(frozen=True)
class Figures:
    """What answers say of one item; None below the least number of answers."""

    item: ModuleItem
    n: int
    p: float | None
    r: float | None

    @property
    def percent(self) -> int | None:
        return None if self.p is None else round(100 * self.p)

    @property
    def warnings(self) -> list[str]:
        """Words of `WARNED` for what an editor should look at."""
        found = []
        if self.p is not None:
            found += ["hard"] * (self.p < HARD) + ["easy"] * (self.p > EASY)
        if self.r is not None:
            found += ["wrong_way" if self.r < 0 else "weak"] * (self.r < WEAK)
        return found


@dataclass
class Health:
    """One module's row."""

    module: LearningModule
    core: ModuleText | None = None
    layers: list[Layer] = field(default_factory=list)
    items: int = 0
    counted: int = 0
    warned: int = 0
    waiting: int = 0

    @property
    def expires(self) -> date | None:
        return self.module.expires_on

    @property
    def tone(self) -> str:
        if self.core is None or self.expires is None or self.module.has_expired:
            return "off"
        return "risk" if self.expires <= today() + SOON else "on"


def health() -> list[Health]:
    """Every module that is taught; three queries, whatever their number."""
    modules = LearningModule.objects.taught().select_related("owner")
    rows = {module.pk: Health(module) for module in modules}
    layers = defaultdict(list)
    shown = [TextState.APPROVED, TextState.PROPOSED]
    for text in ModuleText.objects.filter(state__in=shown, module__in=rows).defer("source"):
        row = rows[text.module_id]
        if text.state == TextState.PROPOSED:
            row.waiting += 1
        elif text.language == CORE_LANGUAGE:
            row.core = text
        else:
            layers[text.module_id].append(text)
    for pk, texts in layers.items():
        rows[pk].layers = [_layer(text, rows[pk].core) for text in texts]
    for one in _figures(ModuleItem.objects.filter(retired_at=None, module__in=rows)):
        row = rows[one.item.module_id]
        row.items += 1
        row.counted += one.p is not None
        row.warned += bool(one.warnings)
    return list(rows.values())


def retired() -> list[LearningModule]:
    """What is out of use, the last first; `title` is that of its core. One query."""
    cores = ModuleText.objects.filter(
        module=OuterRef("pk"), language=CORE_LANGUAGE, state=TextState.APPROVED
    )
    rows = LearningModule.objects.exclude(retired_on=None).order_by("-retired_on", "code")
    return list(rows.annotate(title=Subquery(cores.values("title")[:1])))


def _layer(text: ModuleText, core: ModuleText | None) -> Layer:
    drifted = core is not None and is_older(text.base_version, core.version)
    return Layer(text.language, text.base_version, drifted)


def of_module(module: LearningModule) -> list[Figures]:
    """The items that are asked today, with their figures; one query."""
    return _figures(ModuleItem.objects.filter(module=module, retired_at=None).order_by("code"))


def _figures(items: QuerySet[ModuleItem]) -> list[Figures]:
    return [_of(item) for item in items.select_related("statistic").defer("content", "explanation")]


def _of(item: ModuleItem) -> Figures:
    kept = getattr(item, "statistic", None)  # nobody has met it yet
    if kept is None:
        return Figures(item, 0, None, None)
    sums = Sums(kept.n, kept.right, kept.rest, kept.rest_squared, kept.rest_when_right)
    return Figures(item, sums.n, difficulty(sums), discrimination(sums))
