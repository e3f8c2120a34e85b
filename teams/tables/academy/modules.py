"""Who answers for a module, and when it was reviewed, as files say it."""

from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import CODE, Day, Reference, Text
from ipd.kernel.tables.register import table
from teams.models import LearningModule
from teams.tables.academy.cohorts import Known


@table
class Modules(Known):
    name, title = "modules", _("Modules")
    about = _("Who answers for a module, and its last review. Its text comes in as a file.")
    model, key = LearningModule, ("code",)
    columns = (
        Text(name="code", longest=20, help=CODE),
        Reference(name="owner", to="people", path="owner__code", required=False),
        Day(name="reviewed_on", required=False),
    )
