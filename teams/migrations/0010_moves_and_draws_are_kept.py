"""Plays and lotteries are what they were: moves and draws are added, and never change or go."""

from django.db import migrations

from ipd.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0009_what_is_rated_and_signed_is_kept"),
        ("kernel", "0002_ledger_is_append_only"),
    ]
    operations = [append_only("teams_playmove", "teams_lottery")]
