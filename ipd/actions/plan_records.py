"""What an edit did to a plan's rows, kept so that it can be written back."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.models import Plan

# Computed anew after each edit, so not worth keeping.
COMPUTED = {
    *("late_start_at", "late_finish_at", "total_float_minutes", "free_float_minutes"),
    *("is_critical", "version", "scheduled_at", "finishes_at", "wbs", "depth"),
}


class Record:
    """Rows by model and key, before and after; empty when nothing differs."""

    def __init__(self, plan: Plan):
        self.plan = plan
        self._before: dict[tuple[str, Any], dict | None] = {}
        self._after: dict[tuple[str, Any], dict | None] = {}

    def __bool__(self):
        return any(self._before[key] != after for key, after in self._after.items())

    @property
    def before(self) -> list[dict]:
        return _rows(self._before)

    @property
    def after(self) -> list[dict]:
        return _rows(self._after)

    def save(self, row: models.Model, **fields) -> None:
        """Set and save these fields of a stored row."""
        key = row._meta.label_lower, row.pk
        self._before.setdefault(key, fields_of(row))
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(update_fields=list(fields))
        self._after[key] = fields_of(row)

    def add(self, row: models.Model) -> None:
        row.save(force_insert=True)
        key = row._meta.label_lower, row.pk
        self._before.setdefault(key, None)
        self._after[key] = fields_of(row)

    def delete(self, rows: models.QuerySet) -> None:
        """Delete them and whatever goes with them, in whichever room; refused if held fast."""
        collector = Collector(using=rows.db)
        try:
            collector.collect(list(rows))
        except (ProtectedError, RestrictedError) as error:
            raise Refused(_("Something else still refers to it.")) from error
        gone = [row for found in collector.data.values() for row in found]
        gone += [row for queryset in collector.fast_deletes for row in queryset]
        for row in gone:
            key = row._meta.label_lower, row.pk
            self._before.setdefault(key, fields_of(row))
            self._after[key] = None
        rows.delete()

    def write(self, rows: list[dict], now: list[dict]) -> None:
        """Make the rows what they were (`rows`); `now` is what they are."""
        present = {(row["model"], row["pk"]): row["fields"] is not None for row in now}
        gone = [row for row in rows if row["fields"] is None]
        back = [row for row in rows if row["fields"] is not None]
        for row in reversed(gone):
            found = apps.get_model(row["model"])._base_manager.filter(pk=row["pk"])
            self.delete(found)
        ordered = sorted(back, key=lambda row: _rank(row["model"]))
        waiting = [row for row in ordered if not present.get((row["model"], row["pk"]))]
        while waiting:  # a row comes back after the rows of its own kind that it refers to
            coming = {(row["model"], row["pk"]) for row in waiting}
            ready = [row for row in waiting if not coming & _own_references(row)]
            for row in ready or waiting:
                self.add(_instance(row))
            waiting = [row for row in waiting if row not in ready] if ready else []
        for row in ordered:
            if present.get((row["model"], row["pk"])):
                model = apps.get_model(row["model"])
                stored = model._base_manager.get(pk=row["pk"])
                self.save(stored, **_values(model, row["fields"]))


def _rows(found: dict) -> list[dict]:
    return [{"model": model, "pk": pk, "fields": fields} for (model, pk), fields in found.items()]


def _rank(model: str) -> int:
    order = ["ipd.plan", "ipd.activity", "ipd.planresource"]
    return order.index(model) if model in order else len(order)


def _own_references(row: dict) -> set[tuple[str, Any]]:
    model = apps.get_model(row["model"])
    return {
        (row["model"], row["fields"][field.attname])
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is model and field.attname in row["fields"]
    }


def fields_of(row: models.Model) -> dict[str, Any]:
    """The row's columns but its key and what is computed, as JSON can hold them."""
    values = {}
    for field in row._meta.concrete_fields:
        if field.primary_key or field.name in COMPUTED:
            continue
        value = getattr(row, field.attname)
        plain = value is None or isinstance(value, (str, int, float, bool, list, dict))
        values[field.attname] = value if plain else field.value_to_string(row)
    return values


def _values(model: type[models.Model], fields: dict) -> dict[str, Any]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    return {
        name: value if isinstance(value, (list, dict)) else by_name[name].to_python(value)
        for name, value in fields.items()
        if name in by_name
    }


def _instance(row: dict) -> models.Model:
    model = apps.get_model(row["model"])
    return model(pk=row["pk"], **_values(model, row["fields"]))
