"""Which KPIs warn early, as a table."""

from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import Choice
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import ModelTable
from teams.models import WarningSign
from teams.models.warnings import Warned
from teams.tables.kpis import of_a_kpi


@table
class KpiWarnings(ModelTable):
    name, title = "kpi_warnings", _("Early warning")
    about = _("KPIs that tell of unstable products, slipping deadlines or complaints.")
    model, key = WarningSign, ("kpi",)
    columns = (of_a_kpi(), Choice(name="tells", choices=tuple(Warned.values)))
