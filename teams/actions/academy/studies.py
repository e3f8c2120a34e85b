"""Studies are put down before anything is known, then filled, never rewritten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.kernel.days import today
from teams.models import Cohort, Person, ReturnLine, Study, StudyCohort, StudyRow
from teams.models.academy.studies import Outcome


@dataclass(frozen=True)
class Given:
    """One person or team: what happened, or what was before and after."""

    arm: str
    reference: str
    happened: bool | None = None
    before: Decimal | None = None
    after: Decimal | None = None


@transaction.atomic
def register(*, cohorts: Iterable[Cohort], is_primary: bool, by: Person, **fields) -> Study:
    """Put a study down for these cohorts; whether it is primary is said now or never.

    Raises Refused when its code is taken, or another study is primary for one of the cohorts.
    """
    cohorts = list(Cohort.objects.select_for_update(no_key=True).filter(pk__in=cohorts))
    taken = StudyCohort.objects.filter(cohort__in=cohorts, is_primary=True)
    if is_primary and (first := taken.select_related("study", "cohort").first()):
        told = {"cohort": first.cohort, "study": first.study}
        raise Refused(_("For %(cohort)s the primary study is “%(study)s”.") % told)
    study = _made(fields, by)
    StudyCohort.objects.bulk_create(
        StudyCohort(study=study, cohort=cohort, is_primary=is_primary) for cohort in cohorts
    )
    ledger.record(
        kind="study-registered",
        subject=f"study:{study.code}",
        body={
            **{name: str(value) for name, value in fields.items()},
            "cohorts": [cohort.code for cohort in cohorts],
            "primary": is_primary,
        },
        by=by,
    )
    return study


def _made(fields: Mapping[str, Any], by: Person) -> Study:
    try:
        with transaction.atomic():
            return Study.objects.create(**fields, registered_on=today(), registered_by=by)
    except IntegrityError as error:
        if "study_code" not in str(error):
            raise
        raise Refused(_("There is a study %(code)s already.") % {"code": fields["code"]}) from error


@transaction.atomic
def fill(study: Study, rows: Iterable[Given], *, by: Person) -> int:
    """Add rows; raises Refused when one is of the wrong kind or is there already."""
    study = Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    rows = list(rows)
    there = set(study.rows.values_list("reference", flat=True))
    for row in rows:
        if row.reference in there:
            raise Refused(_("%(row)s is in this study already.") % {"row": row.reference})
        if (row.happened is None) != (study.outcome == Outcome.CHANGE):
            raise Refused(_("%(row)s does not say what is measured.") % {"row": row.reference})
        there.add(row.reference)
    StudyRow.objects.bulk_create(StudyRow(study=study, **vars(row)) for row in rows)
    ledger.record(
        kind="study-filled", subject=f"study:{study.code}", body={"rows": len(rows)}, by=by
    )
    return len(rows)


@transaction.atomic
def assume(*, by: Person, **fields) -> ReturnLine:
    """Put down an assumption, or replace the one of the same year, kind and text."""
    key = {name: fields.pop(name) for name in ("path_code", "year", "kind", "text")}
    line, _new = ReturnLine.objects.update_or_create(**key, defaults=fields)
    ledger.record(
        kind="return-assumed",
        subject=f"path:{key['path_code']}",
        body={name: str(value) for name, value in (key | fields).items()},
        by=by,
    )
    return line


@transaction.atomic
def drop_assumption(line: ReturnLine, *, by: Person) -> None:
    ledger.record(
        kind="return-dropped",
        subject=f"path:{line.path_code}",
        body={"year": line.year, "text": line.text},
        by=by,
    )
    line.delete()
