"""A play is what was played: its moves are added, and never change or go."""

from django.db import migrations

from ipd.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0017_academy_crises"),
        ("kernel", "0002_ledger_is_append_only"),
    ]
    operations = [append_only("teams_playmove")]
