"""KPIs are defined, changed and retired: each change counts the card up and is in the ledger."""

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions import ledger
from ipd.kernel.actions.notices import tell
from teams.models import Kpi, KpiReading, Person
from teams.queries import kpi_rules

# What a card says; `is_active` moves by retiring alone.
FIELDS = (
    *("code", "name", "formula", "expression", "unit", "unit_label", "places", "direction"),
    *("cadence", "together", "dimension", "source", "owner_id", "least_n", "counts_in_pay"),
    *("has_amounts", "valid_from", "order"),
)
# Fields that rules between them are about.
RULED = ("expression", "unit", "together", "has_amounts")
# What past readings were kept in, and past groups were added up by.
KEPT = ("code", "unit", "together")


def card(kpi: Kpi) -> dict:
    """All that a card says, as it stands."""
    return {name: getattr(kpi, name) for name in (*FIELDS, "is_active")}


def subject(kpi: Kpi) -> str:
    """Under which the ledger knows it."""
    return f"kpi:{kpi.pk}"


@transaction.atomic
def define(*, by: Person, **fields) -> Kpi:
    """Enter a new KPI; refused under a code that is taken, and with a formula that cannot be read.

    The head of the function that owns it is told.
    """
    kpi = Kpi(**fields)
    _keep_the_rules(kpi)
    if Kpi.objects.filter(code=kpi.code).exists():
        raise Refused(_("There is a KPI %(code)s already.") % {"code": kpi.code})
    kpi.save()
    ledger.record(
        kind="kpi defined",
        subject=subject(kpi),
        body={"code": kpi.code, "version": kpi.version, "card": card(kpi)},
        by=by,
    )
    _tell_owner(kpi, by, _("Your function owns a new KPI: %(kpi)s"))
    return kpi


@transaction.atomic
def change(kpi: Kpi, *, by: Person, seen_version: int, reason: str, **fields) -> Kpi:
    """Change what a card says; readings keep the version they were read by.

    Refused without a reason or a change, for a formula that cannot be read, for a direction
    that its targets do not go, and, once there are readings, for another code, unit or way to
    add groups up: their past would mean something else. The owning function's head is told.
    """
    kpi = locked(kpi, seen_version=seen_version)
    before = card(kpi)
    for name, value in fields.items():
        setattr(kpi, name, value)
    moved = [name for name, value in before.items() if getattr(kpi, name) != value]
    if not moved:
        raise Refused(_("Nothing was changed."))
    if not reason.strip():
        raise Refused(_("Say why it changes: whoever compares years will ask."))
    _keep_the_rules(kpi)
    if set(moved) & set(KEPT) and KpiReading.objects.filter(kpi=kpi).exists():
        raise Refused(
            _(
                "There are readings already: code, unit and the way to add groups up stay. "
                "Retire this KPI and define another."
            )
        )
    if "direction" in moved:
        _refuse_turned_targets(kpi)
    return _moved_on(kpi, before, by=by, reason=reason)


@transaction.atomic
def retire(kpi: Kpi, *, by: Person, seen_version: int, reason: str) -> Kpi:
    """From now on it is neither due nor read; what was read of it stays. Refused when it is."""
    kpi = locked(kpi, seen_version=seen_version)
    if not kpi.is_active:
        raise Refused(_("It is retired already."))
    return _turn(kpi, by=by, reason=reason)


@transaction.atomic
def reinstate(kpi: Kpi, *, by: Person, seen_version: int, reason: str) -> Kpi:
    """It is due and read again. Refused when it was never retired."""
    kpi = locked(kpi, seen_version=seen_version)
    if kpi.is_active:
        raise Refused(_("It is in use."))
    return _turn(kpi, by=by, reason=reason)


def _turn(kpi: Kpi, *, by: Person, reason: str) -> Kpi:
    if not reason.strip():
        raise Refused(_("Say why."))
    before = card(kpi)
    kpi.is_active = not kpi.is_active
    return _moved_on(kpi, before, by=by, reason=reason)


def locked(kpi: Kpi, *, seen_version: int) -> Kpi:
    """The card's fresh row, locked until the transaction ends; Stale when it has moved on."""
    row = (
        Kpi.objects.select_for_update(of=("self",), no_key=True)
        .select_related("owner__head")
        .get(pk=kpi.pk)
    )
    if row.version != seen_version:
        raise Stale(
            _("This KPI is in version %(now)d by now; you saw version %(seen)d.")
            % {"now": row.version, "seen": seen_version}
        )
    return row


def _moved_on(kpi: Kpi, before: dict, *, by: Person, reason: str) -> Kpi:
    kpi.version += 1
    kpi.save()
    note_change(kpi, before, by=by, reason=reason.strip())
    _tell_owner(kpi, by, _("Changed: %(kpi)s, which your function owns"))
    return kpi


def note_change(kpi: Kpi, before: dict, *, by: Person | None, reason: str = "") -> None:
    """Enter in the ledger what moved on a card, each with how it read before."""
    after = card(kpi)
    moved = {name: [value, after[name]] for name, value in before.items() if after[name] != value}
    body = {"code": kpi.code, "version": kpi.version, "reason": reason, "changes": moved}
    ledger.record(kind="kpi changed", subject=subject(kpi), body=body, by=by)


def _keep_the_rules(kpi: Kpi) -> None:
    """A form says these by field; an action refuses them whoever calls it."""
    said = {name: getattr(kpi, name) for name in RULED}
    if wrong := kpi_rules.wrong_with(**said):
        raise Refused(" ".join(sentence for _field, sentence in wrong))


def _refuse_turned_targets(kpi: Kpi) -> None:
    names = ("floor", "target", "stretch", "centre")
    for row in kpi.targets.all():
        figures = {name: getattr(row, name) for name in names}
        if kpi_rules.wrong_with_target(kpi.direction, **figures):
            raise Refused(_("Its targets go the other way. Define another KPI."))


def _tell_owner(kpi: Kpi, by: Person, text: str) -> None:
    head = kpi.owner.head if kpi.owner else None
    if head is None or head.pk == by.pk:
        return
    tell(
        [head],
        news=f"{subject(kpi)}:{kpi.version}",
        text=text % {"kpi": kpi},
        link=kpi.get_absolute_url(),
        why=_("You head the function that owns this KPI."),
    )
