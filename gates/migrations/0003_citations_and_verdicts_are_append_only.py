"""What a decision rested on, and what owners said of criteria, stays as it was said."""

from django.db import migrations

from ipd.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("gates", "0002_decided_is_frozen"),
        ("kernel", "0002_ledger_is_append_only"),
    ]

    operations = [append_only("gates_citation", "gates_criterionverdict")]
