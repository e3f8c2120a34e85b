"""What everybody says who rates by a rubric: a level and a reason for each of its criteria."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from teams.models import PathElement, RubricCriterion

Levels = Mapping[RubricCriterion, tuple[int, str]]


def keep(
    kind: type[models.Model], element: PathElement, levels: Levels, **whose: models.Model
) -> None:
    """Keep them as rows of `kind`, which `whose` names. Refused with a criterion left out."""
    asked = RubricCriterion.objects.filter(rubric=element.rubric_id)
    if set(asked.values_list("pk", flat=True)) != {criterion.pk for criterion in levels}:
        raise Refused(_("Every criterion needs a level and a reason."))
    kind.objects.bulk_create(
        kind(criterion=criterion, level=level, reason=reason.strip(), **whose)
        for criterion, (level, reason) in levels.items()
    )
