from django.db import migrations

from ipd.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0003_kpis"),
        ("kernel", "0002_ledger_is_append_only"),
    ]
    operations = [append_only("teams_kpireading", "teams_kpiapproval")]
