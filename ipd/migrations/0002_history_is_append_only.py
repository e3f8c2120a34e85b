"""What happened is only ever added to; what was signed has guards of its own."""

from django.db import migrations

from ipd.kernel.append_only import append_only, never_emptied


class Migration(migrations.Migration):
    dependencies = [("ipd", "0001_tables"), ("kernel", "0002_ledger_is_append_only")]

    operations = [
        append_only(
            "ipd_budgetmovement",
            "ipd_budgetallocation",
            "ipd_actual",
            "ipd_period",
            "ipd_packageprogress",
            "ipd_baseline",
            "ipd_baselinerow",
            "ipd_planedit",
            "ipd_simulation",
            "ipd_simulationactivity",
            "ipd_riskreview",
            "ipd_requirementbaseline",
            "ipd_requirementbaselineitem",
            "ipd_requirementstep",
            "ipd_partassessment",
            "ipd_lasttimebuy",
            "ipd_contractreading",
        ),
        never_emptied(
            "ipd_contract",
            "ipd_contractelement",
            "ipd_commitment",
            "ipd_businesscase",
            "ipd_caseflow",
            "ipd_changerequest",
        ),
    ]
