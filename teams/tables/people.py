"""The tables of people and seats, as files bring them in."""

from zoneinfo import available_timezones

from django.contrib.auth.hashers import make_password
from django.db.models import DateField, Func
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import CODE, Day, Email, Reference, Text, Whole, YesNo, code
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import PK, ModelTable, Table
from teams.models import Function, Person, Role, Seat, Site


@table
class Sites(ModelTable):
    name, title = "sites", _("Sites")
    about = _("Places of work.")
    model, key = Site, ("code",)
    columns = (
        code(12),
        Text(name="name", longest=120),
        Text(name="country", longest=2, required=False, help=_("Two letters, as SE.")),
        Text(name="timezone", longest=60, help=_("As in the IANA list: Europe/Stockholm.")),
    )

    def check(self, rows, company):
        known = available_timezones()
        for row in rows:
            if row["timezone"] not in known:
                accepted = gettext("a time zone of the IANA list, as Europe/Stockholm")
                company.problem(self, row, "timezone", accepted)


@table
class Functions(ModelTable):
    name, title = "functions", _("Functions")
    about = _("Resource lines: each owns skills, methods and people.")
    model, key = Function, ("code",)
    columns = (code(12), Text(name="name", longest=120))


@table
class People(ModelTable):
    name, title = "people", _("People")
    about = _("Everyone who signs in. New people get their password by the reset mail.")
    model, key = Person, ("code",)
    columns = (
        code(),
        Text(name="name", longest=150),
        Email(name="email", unique=True),
        Reference(name="function", to="functions", path="function__code", required=False),
        Reference(name="site", to="sites", path="site__code", required=False),
        Text(name="job_title", longest=150, required=False),
        YesNo(
            name="administrator",
            path="is_administrator",
            required=False,
            help=_("Sets up, imports and revokes; sees no confidential product by it."),
        ),
    )

    def make(self, row, company):
        person = super().make(row, company)
        person.password = make_password(None)
        return person


@table
class FunctionHeads(Table):
    name, title = "function_heads", _("Heads of functions")
    about = _("Who signs for a function.")
    key = ("function",)
    columns = (
        Reference(name="function", to="functions"),
        Reference(name="person", to="people", help=_("Number of the person.")),
    )

    def stored(self):
        headed = Function.objects.exclude(head=None).order_by()
        for pk, function, person in headed.values_list("pk", "code", "head__code"):
            yield {PK: pk, "function": function, "person": person}

    def add(self, rows, company):
        functions = [
            Function(
                pk=company.id("functions", row["function"]),
                head_id=company.id("people", row["person"]),
            )
            for row in rows
        ]
        Function.objects.bulk_update(functions, ["head"])

    def change(self, changes, company):
        self.add([change.new for change in changes], company)


@table
class Roles(ModelTable):
    """Known, so that seats can refer to them; they come in with the process."""

    name, title = "roles", _("Roles")
    about = _("What seats are called. The process file brings them in; here they are renamed.")
    model, key = Role, ("code",)
    columns = (
        Text(name="code", longest=20, help=CODE),
        Text(name="name", longest=120),
    )

    def check(self, rows, company):
        stored = company.stored(self.name)
        for row in rows:
            if self.key_of(row) not in stored:
                company.problem(self, row, "code", gettext("a role of the process file"))


@table
class Seats(ModelTable):
    name, title = "seats", _("Seats")
    about = _("Who sits in which team in which role. A blank person is an open seat.")
    model, key = Seat, ("team", "role", "function", "starts_on")
    columns = (
        Reference(name="team", to="teams", path="team__code"),
        Reference(name="role", to="roles", path="role__code"),
        Reference(
            name="function",
            to="functions",
            path="function__code",
            help=_("The function the seat speaks for."),
        ),
        Reference(name="person", to="people", path="person__code", required=False),
        Reference(name="deputy", to="people", path="deputy__code", required=False),
        Whole(
            name="allocation",
            path="allocation_percent",
            highest=100,
            help=_("Share of the person's working time in percent."),
        ),
        Day(name="starts_on", path="first"),
        Day(name="ends_on", path="last", required=False, help=_("The first day without it.")),
    )

    def rows_of(self):
        seats = Seat.objects.order_by()
        return seats.annotate(first=end("lower"), last=end("upper"))

    def values(self, row, company, names=None):
        fields = super().values(row, company, names)
        fields.pop("first", None), fields.pop("last", None)
        return fields | {"period": (row["starts_on"], row["ends_on"])}

    def check(self, rows, company):
        held = {}
        for row in company.all_final(self.name).values():
            held.setdefault(self.key_of(row)[:3], []).append(row)
        for row in rows:
            if row["ends_on"] and row["ends_on"] <= row["starts_on"]:
                company.problem(self, row, "ends_on", gettext("a day after starts_on"))
            elif any(
                other is not row and _overlap(row, other) for other in held[self.key_of(row)[:3]]
            ):
                accepted = gettext("one seat of a role and function in a team on one day")
                company.problem(self, row, "starts_on", accepted)
            if row["person"] and row["person"] == row["deputy"]:
                company.problem(self, row, "deputy", gettext("somebody else than the holder"))


def end(function: str) -> Func:
    """One end of a seat's period; the functions of text have the same names."""
    return Func("period", function=function, output_field=DateField())


def _overlap(one, other) -> bool:
    """Whether two seats share a day."""
    return (
        one is not other
        and (other["ends_on"] is None or one["starts_on"] < other["ends_on"])
        and (one["ends_on"] is None or other["starts_on"] < one["ends_on"])
    )
