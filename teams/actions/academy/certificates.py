"""Certificates: issued, revoked, renewed by practice, and their holders reminded."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.calculations.academy.certification import last_day, months_on, reminder_due
from teams.models import BoardInterview, Certificate, LearningPath, Person
from teams.models.academy.certificates import Basis
from teams.permissions.academy import runners
from teams.queries.academy import recertification

LONGEST_REMINDER = 6  # months


def issue(
    person: Person,
    path: LearningPath,
    *,
    basis: Basis,
    by: Person | None,
    interview: BoardInterview | None = None,
    renews: Certificate | None = None,
    proof: list | None = None,
) -> Certificate:
    """One more certificate, numbered by path and year; it goes into the ledger.

    Numbers are given under a lock on the path's rows, so that no two are the same.
    """
    list(LearningPath.objects.select_for_update(no_key=True).filter(code=path.code).order_by("pk"))
    day = today()
    row = Certificate.objects.create(
        person=person,
        path=path.code,
        number=_number(path.code, day),
        issued_on=day,
        valid_until=last_day(day, path.certificate_months),
        basis=basis,
        interview=interview,
        renews=renews,
        proof=proof or [],
    )
    ledger.record(
        kind="certificate issued",
        subject=f"certificate:{row.number}",
        body={
            "person": person.pk,
            "path": row.path,
            "basis": row.basis,
            "valid_until": row.valid_until,
            "renews": renews.number if renews else None,
        },
        by=by,
    )
    return row


def _number(path: str, day: date) -> str:
    """The next one of the path and year: LPDT-1-2026-007."""
    stem = f"{path}-{day.year}-"
    taken = Certificate.objects.filter(number__startswith=stem).values_list("number", flat=True)
    last = max((int(n) for one in taken if (n := one.removeprefix(stem)).isdigit()), default=0)
    return f"{stem}{last + 1:03d}"


def _locked(row: Certificate) -> Certificate:
    rows = Certificate.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("person").get(pk=row.pk)


@transaction.atomic
def revoke(row: Certificate, *, reason: str, by: Person) -> Certificate:
    """Take a certificate back for good; its holder is told why, and the ledger keeps it."""
    row = _locked(row)
    if row.revoked_on is not None:
        raise Refused(_("It is revoked already."))
    if not reason.strip():
        raise Refused(_("Say why it is revoked."))
    row.revoked_on, row.revoked_reason, row.revoked_by = today(), reason.strip(), by
    row.save(update_fields=["revoked_on", "revoked_reason", "revoked_by"])
    ledger.record(
        kind="certificate revoked",
        subject=f"certificate:{row.number}",
        body={"person": row.person_id, "reason": row.revoked_reason},
        by=by,
    )
    tell(
        [row.person],
        news=f"certificate:{row.pk}:revoked",
        text=_("Your certificate %(number)s was revoked.") % {"number": row.number},
        link=row.get_absolute_url(),
        why=_("It is your certificate."),
        needs_action=True,
    )
    return row


@transaction.atomic
def renew(row: Certificate, *, by: Person) -> Certificate:
    """Certify anew for the path's months, by a gate presented and an unseen simulation passed.

    Raises Refused for one that lapsed, was revoked or renewed already, while the practice of
    its time is not there, and by the holder alone.
    """
    row = _locked(row)
    if row.person_id == by.pk:
        raise Refused(_("Nobody renews their own certificate."))
    if hasattr(row, "renewed_by"):
        raise Refused(_("It is renewed already."))
    if not row.is_valid:
        raise Refused(_("It holds no more: the way back is the board interview."))
    path = LearningPath.objects.filter(code=row.path, is_current=True).first()
    if path is None:
        raise Refused(_("There is no path %(code)s any more.") % {"code": row.path})
    found = recertification.proofs(row)
    if lacking := [one.missing for one in found if not one.is_there]:
        raise Refused(" ".join(lacking))
    new = issue(
        row.person,
        path,
        basis=Basis.RENEWAL,
        by=by,
        renews=row,
        proof=[one.as_record() for one in found],
    )
    tell(
        [row.person],
        news=f"certificate:{new.pk}:renewed",
        text=_("Your certificate is renewed until %(day)s.") % {"day": new.valid_until},
        link=new.get_absolute_url(),
        why=_("It is your certificate."),
    )
    return new


def remind(day: date | None = None) -> int:
    """Tell holders six, three and one month before the end, and when it has lapsed; those told.

    A reminder that was missed is not made up for: the nearest one is said, once.
    """
    day = day or today()
    rows = Certificate.objects.standing().filter(
        valid_until__gte=months_on(day, -1), valid_until__lte=months_on(day, LONGEST_REMINDER)
    )
    told, lead = 0, list(runners())
    for row in rows.select_related("person").order_by("pk"):
        if row.valid_until < day:
            text = _("The certificate %(number)s of %(person)s has lapsed.")
            people, key = [row.person, *lead], "lapsed"
        elif months := reminder_due(row.valid_until, day):
            text = _("The certificate %(number)s ends on %(day)s: what renews it?")
            people, key = [row.person], str(months)
        else:
            continue
        tell(
            people,
            news=f"certificate:{row.pk}:{key}",
            text=text % {"number": row.number, "person": row.person, "day": row.valid_until},
            link=row.get_absolute_url(),
            why=_("It is your certificate, or you run the academy."),
            needs_action=key in ("1", "lapsed"),
        )
        told += 1
    return told
