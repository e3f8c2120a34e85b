"""A vote: an outcome or an abstention, with scores of the criteria."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gates.forms.reviews import prose
from ipd.kernel.forms.seen import OnceForm

ABSTAIN = "abstain"


class VoteForm(OnceForm):
    """One voter's vote in one round.

    criteria  the review's, in the order of the agenda; each gets an optional score field.
    """

    outcome = forms.ChoiceField(label=_("Your vote"), widget=forms.RadioSelect)
    reason = prose(
        _("Why"),
        required=False,
        help_text=_("Needed when you abstain; otherwise it helps the discussion."),
    )
    voter = forms.ChoiceField(widget=forms.HiddenInput)
    round = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2)

    def __init__(self, *args, outcomes, voters, criteria, **kwargs):
        super().__init__(*args, **kwargs)
        self.outcomes = {str(row.pk): row for row in outcomes}
        self.voters = {str(row.person.pk): row.person for row in voters}
        self.criteria = {f"score_{row.pk}": row for row in criteria}
        self.fields["outcome"].choices = [
            *((pk, row.name) for pk, row in self.outcomes.items()),
            (ABSTAIN, _("Abstain")),
        ]
        self.fields["voter"].choices = [(pk, person.name) for pk, person in self.voters.items()]
        for name, criterion in self.criteria.items():
            self.fields[name] = forms.IntegerField(
                label=criterion.code,
                required=False,
                min_value=0,
                max_value=10,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": "0–10"}),
            )

    @classmethod
    def of(cls, vote, *, round, voter, **options):  # noqa: A002 the field's own word
        """A fresh form, filled with the vote that stands."""
        initial = {"round": round, "voter": str(voter.pk)}
        if vote is not None:
            initial["outcome"] = str(vote.outcome_id) if vote.outcome_id else ABSTAIN
            initial["reason"] = vote.reason
            for score in vote.scores.all():
                initial[f"score_{score.criterion_id}"] = score.score
        return cls(initial=initial, **options)

    def clean(self):
        values = super().clean()
        abstains = values.get("outcome") == ABSTAIN
        if abstains and not values.get("reason", "").strip():
            self.add_error("reason", _("Say why you abstain."))
        return values

    def options(self):
        """Each radio button with the tone of what it stands for."""
        tones = {pk: row.tone for pk, row in self.outcomes.items()}
        return [(radio, tones.get(radio.data["value"], "none")) for radio in self["outcome"]]

    def score_fields(self):
        return [(criterion, self[name]) for name, criterion in self.criteria.items()]

    def cast(self) -> dict:
        """What votes.cast takes, apart from the review and who sends it."""
        values = self.cleaned_data
        return {
            "voter": self.voters[values["voter"]],
            "round": values["round"],
            "outcome": self.outcomes.get(values["outcome"]),
            "reason": values["reason"],
            "scores": {
                criterion.pk: values[name]
                for name, criterion in self.criteria.items()
                if values.get(name) is not None
            },
        }
