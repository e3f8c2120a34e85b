"""How a rotation is planned, called off, left behind and rated."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.seen import OnceForm, SeenForm, day_field, long_text
from teams.calculations.academy.rotations import is_long_enough
from teams.forms.academy.assignments import JudgementForm
from teams.forms.people import PersonField
from teams.models import Enrolment, Function, Person, Rotation, Site
from teams.models.academy.rotations import RotationKind
from teams.permissions import visible_teams
from teams.queries.academy import rotations


class SeatsField(forms.ModelMultipleChoiceField):
    """Seats with the deputy who would stand in."""

    def label_from_instance(self, seat):
        return f"{seat.role.name}, {seat.team.name} · {seat.allocation_percent} % → {seat.deputy}"


class PlanForm(OnceForm):
    """`version` is empty for a new one. What does not fit is said with the seats that take the
    time, so that another period, another share or a deputy can be chosen."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Where to"), choices=RotationKind.choices)
    host_function = forms.ModelChoiceField(
        label=_("Host function"), queryset=Function.objects.all(), required=False
    )
    host_site = forms.ModelChoiceField(
        label=_("Host site"), queryset=Site.objects.all(), required=False
    )
    host_team = forms.CharField(
        label=_("Host team"),
        required=False,
        max_length=40,
        help_text=_("Its code, if there is one."),
    )
    host = PersonField(label=_("Host"))
    goal = long_text(_("Goal that is of use to the host"))
    first = day_field(_("First day"))
    last = day_field(_("Last day"))
    allocation_percent = forms.IntegerField(
        label=_("Share of working time in percent"), min_value=1, max_value=100, initial=50
    )
    covered = SeatsField(
        label=_("Seats that their deputies take over"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args, enrolment: Enrolment, reader: Person, row: Rotation | None = None, **more
    ):
        super().__init__(*args, **more)
        self.enrolment, self.reader, self.row = enrolment, reader, row
        self.fields["covered"].queryset = rotations.coverable(enrolment.person, reader=reader)
        for name in ("host_function", "host_site", "covered"):
            # Read once, however often the form is drawn and compared.
            self.fields[name].choices = list(self.fields[name].choices)

    @classmethod
    def of(cls, row: Rotation, **more):
        """The form of a rotation that is planned already."""
        names = ("version", "kind", "host_function", "host_site", "host", "goal")
        initial = {name: getattr(row, name) for name in names}
        initial["host_team"] = row.host_team.code if row.host_team else ""
        initial["allocation_percent"] = row.allocation_percent
        initial["first"], initial["last"] = row.period.lower, row.last_day
        initial["covered"] = [seat.pk for seat in row.covered.all()]
        return cls(initial=initial, row=row, **more)

    def clean_host(self):
        host = self.cleaned_data["host"]
        if host is not None and host.pk == self.enrolment.person_id:
            raise forms.ValidationError(_("Nobody is their own host."))
        return host

    def clean_host_team(self):
        code = self.cleaned_data["host_team"].strip()
        if not code:
            return None
        team = visible_teams(self.reader).filter(code__iexact=code).first()
        if team is None:
            raise forms.ValidationError(_("There is no team with this code."))
        return team

    def clean(self):
        given = super().clean()
        if given.get("kind") == RotationKind.FUNCTION:
            self._clean_function(given.get("host_function"))
        elif given.get("kind") == RotationKind.FIELD and not given.get("host_site"):
            self.add_error("host_site", _("Say at which site."))
        if not self.errors:
            self._clean_time(given)
        return given

    def _clean_function(self, function):
        if function is None:
            self.add_error("host_function", _("Say in which function."))
        elif function.pk == self.enrolment.person.function_id:
            self.add_error("host_function", _("A rotation leads out of the own function."))

    def _clean_time(self, given):
        first, last, percent = given["first"], given["last"], given["allocation_percent"]
        if last < first:
            self.add_error("last", _("Not before the first day."))
        elif not is_long_enough(given["kind"], first, last, percent):
            self.add_error("last", rotations.TOO_SHORT)
        else:
            found = rotations.conflict_of(
                self.enrolment.person,
                rotations.period_of(first, last),
                percent,
                covered=[seat.pk for seat in given["covered"]],
                but=self.row,
            )
            if found is not None:
                self.add_error(None, rotations.told(found, reader=self.reader))

    def facts(self) -> dict:
        given = self.given()
        del given["version"]
        return given


class ReasonForm(SeenForm):
    reason = long_text(_("Why"), rows=2, max_length=400)


class LeavingForm(SeenForm):
    by_product = long_text(
        _("What stays behind"),
        help_text=_("One thing that the host uses without you: a lesson, a script, a contact."),
    )


class FeedbackForm(JudgementForm):
    """The host's."""

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.ask(_("What stays behind"), _("We accept it and use it"))
