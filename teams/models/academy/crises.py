"""Plays of crisis simulations: who played what, every move, and what came of it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PlayMode(models.TextChoices):
    SOLO = "solo", _("Alone")
    TEAM = "team", _("In a team")


class PlayState(models.TextChoices):
    GATHERING = "gathering", _("Gathering the team")
    RUNNING = "running", _("Running")
    CLOSING = "closing", _("Follow-ups to choose")
    FINISHED = "finished", _("Finished")


class Play(models.Model):
    """One play of one version of a scenario; replays exactly from its seed, seats and moves.

    seats       roles with a player of their own when it began; the lead plays all others
    again_of    a play of somebody who plays on from a moment of this one: practice, never counted
    moves_made  how many moves there are; `version` counts everything that shows
    scores      by dimension, once it is finished; score, is_fatal and has_passed with them
    """

    scenario = models.ForeignKey("teams.Content", on_delete=models.PROTECT, related_name="plays")
    mode = models.CharField(max_length=4, choices=PlayMode, default=PlayMode.SOLO)
    state = models.CharField(max_length=9, choices=PlayState, default=PlayState.RUNNING)
    seed = models.PositiveIntegerField()
    seats = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    again_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="again"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    finished_on = models.DateField(null=True, blank=True)
    moves_made = models.PositiveSmallIntegerField(default=0)
    follow_ups = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    scores = models.JSONField(default=dict, blank=True)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    is_fatal = models.BooleanField(default=False)
    has_passed = models.BooleanField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_person_begins_one_play_of_a_scenario_at_a_time",
                fields=["started_by", "scenario"],
                condition=~Q(state="finished") & Q(again_of=None),
            ),
            models.CheckConstraint(
                name="the_mode_of_a_play_is_known", condition=Q(mode__in=PlayMode.values)
            ),
            models.CheckConstraint(
                name="the_state_of_a_play_is_known", condition=Q(state__in=PlayState.values)
            ),
            models.CheckConstraint(
                name="a_play_has_its_score_when_it_is_finished",
                condition=Q(
                    state="finished",
                    score__isnull=False,
                    has_passed__isnull=False,
                    finished_on__isnull=False,
                )
                | (~Q(state="finished") & Q(score=None, has_passed=None, finished_on=None)),
            ),
            models.CheckConstraint(
                name="a_play_s_score_is_a_percentage",
                condition=Q(score=None) | Q(score__range=(0, 100)),
            ),
            models.CheckConstraint(
                name="only_one_alone_plays_on_from_a_moment",
                condition=Q(again_of=None) | Q(mode="solo"),
            ),
        ]
        indexes = [models.Index(fields=["scenario", "state"], name="plays_of_a_scenario")]

    def __str__(self):
        return f"{self.scenario_id} {self.pk}"

    def get_absolute_url(self):
        return reverse("teams:play", args=[self.pk])

    @property
    def is_team(self) -> bool:
        return self.mode == PlayMode.TEAM

    @property
    def is_finished(self) -> bool:
        return self.state == PlayState.FINISHED


class PlayRole(models.Model):
    """Who plays which role. Alone, one person in the lead's.

    counts     the play counts on this person's path: it was assigned, and is their first of it
    joined_at  said to be there, before a team begins
    """

    play = models.ForeignKey(Play, on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="play_roles"
    )
    role = models.CharField(max_length=20)
    counts = models.BooleanField(default=False)
    joined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["play_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_person_plays_one_role_of_a_play", fields=["play", "person"]
            ),
            models.UniqueConstraint(
                name="a_role_of_a_play_has_one_player", fields=["play", "role"]
            ),
        ]

    def __str__(self):
        return f"{self.play_id} {self.role}"


class PlayMove(models.Model):
    """One move, as the engine takes it; never changed, so that a play is what was played."""

    play = models.ForeignKey(Play, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=20)
    move = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["play_id", "number"]
        constraints = [
            models.UniqueConstraint(
                name="the_moves_of_a_play_are_numbered", fields=["play", "number"]
            )
        ]

    def __str__(self):
        return f"{self.number} {self.move}"


class PlayNote(models.Model):
    """A participant's own answer to a question of the debrief; theirs alone."""

    play = models.ForeignKey(Play, on_delete=models.CASCADE, related_name="notes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    question = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["play_id", "question"]
        constraints = [
            models.UniqueConstraint(
                name="a_participant_answers_a_question_once",
                fields=["play", "person", "question"],
            )
        ]

    def __str__(self):
        return f"{self.play_id} {self.question}"


class CrisisAssignment(models.Model):
    """A scenario, by its slug, that somebody has to play for their path, alone or in a team."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="crisis_assignments"
    )
    scenario = models.CharField(max_length=60)
    mode = models.CharField(max_length=4, choices=PlayMode)
    due_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    play = models.ForeignKey(
        Play, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_scenario_is_assigned_once_until_it_is_played",
                fields=["person", "scenario"],
                condition=Q(play=None),
            ),
            models.CheckConstraint(
                name="the_mode_of_an_assignment_is_known", condition=Q(mode__in=PlayMode.values)
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.scenario}"


class ScenarioSpread(models.Model):
    """What many seeded players without thought score in one version of a scenario: totals in
    order, of those who pick at random and of those who do everything that comes up."""

    scenario = models.OneToOneField(
        "teams.Content", on_delete=models.CASCADE, related_name="spread"
    )
    random = models.JSONField()
    greedy = models.JSONField()

    def __str__(self):
        return f"{self.scenario_id}"
