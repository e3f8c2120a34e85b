"""Plays of crises that were played before, and which are assigned."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import Choice, Day, Reference, Text, Whole, YesNo
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import BATCH, ModelTable
from teams.actions.academy.play_moves import report, result_of, spread_of
from teams.calculations.academy.happenings import Impossible
from teams.calculations.academy.plays import replay
from teams.models import Content, CrisisAssignment, Enrolment, Play, PlayMove, PlayRole
from teams.models.academy.contents import ContentKind
from teams.models.academy.crises import PlayMode, PlayState
from teams.models.academy.enrolments import EnrolmentState
from teams.tables.academy.cohorts import Known
from teams.tables.academy.private import Words

PLAYED = _("What was played is never edited by a file.")


@table
class Scenarios(Known):
    name, title = "scenarios", _("Crisis simulations")
    about = _("The current version of each scenario. The curriculum's files bring them in.")
    model, key = Content, ("code",)
    columns = (Text(name="code", longest=60), Text(name="title", longest=200))

    def rows_of(self):
        return Content.objects.filter(kind=ContentKind.SCENARIO, is_current=True).order_by()


@table
class Plays(ModelTable):
    """A play alone is its moves: its score is worked out, and never read from a file."""

    name, title = "plays", _("Plays of crises")
    about = _("Crises that somebody played alone before, move by move.")
    model, key = Play, ("person", "scenario", "finished_on")
    follows = ("enrolments", "element_results")
    fixed = PLAYED
    columns = (
        Reference(name="person", to="people", path="started_by__code"),
        Reference(name="scenario", to="scenarios", path="scenario__code"),
        Day(name="finished_on"),
        Whole(name="seed", lowest=1, highest=2**31 - 1),
        YesNo(name="counts", help=_("It was assigned, and the first play of it.")),
        Words(name="moves", help=_("As A1; D1=b; wait 25.")),
        Words(name="follow_ups"),
    )

    def rows_of(self):
        alone = Play.objects.filter(mode=PlayMode.SOLO, state=PlayState.FINISHED, again_of=None)
        return alone.order_by()

    def stored_for(self, company):
        """Those of the people that the file names."""
        people = {row["person"] for row in company.rows.get(self.name, ())}
        plays = self.rows_of().filter(started_by__code__in=people)
        for play in plays.select_related("started_by", "scenario").prefetch_related(
            "moves", "roles"
        ):
            yield {
                "pk": play.pk,
                "person": play.started_by.code,
                "scenario": play.scenario.code,
                "finished_on": play.finished_on,
                "seed": play.seed,
                "counts": any(role.counts for role in play.roles.all()),
                "moves": tuple(move.move for move in play.moves.all()),
                "follow_ups": tuple(play.follow_ups),
            }

    def check(self, rows, company):
        bodies = _bodies(rows)
        for row in rows:
            body = bodies.get(row["scenario"])
            if body is None:
                continue
            try:
                replay(body, row["moves"], row["seed"])
            except Impossible:
                company.problem(self, row, "moves", gettext("moves that can be made, in order"))
            known = {one["code"] for one in body["follow_ups"]}
            chosen = set(row["follow_ups"])
            if not chosen <= known or len(chosen) > body["follow_up_limit"]:
                accepted = gettext("at most %(n)s of %(codes)s") % {
                    "n": body["follow_up_limit"],
                    "codes": ", ".join(sorted(known)),
                }
                company.problem(self, row, "follow_ups", accepted)

    def add(self, rows, company):
        bodies, plays = _bodies(rows), []
        for row in rows:
            engine = replay(bodies[row["scenario"]], row["moves"], row["seed"])
            engine.finish()
            play = Play(
                scenario_id=company.id("scenarios", row["scenario"]),
                seed=row["seed"],
                started_by_id=company.id("people", row["person"]),
                moves_made=len(row["moves"]),
                follow_ups=list(row["follow_ups"]),
                finished_on=row["finished_on"],
                state=PlayState.FINISHED,
            )
            plays.append(result_of(play, engine))
        made = list(zip(Play.objects.bulk_create(plays, batch_size=BATCH), rows, strict=True))
        PlayRole.objects.bulk_create(
            PlayRole(
                play=play,
                person_id=play.started_by_id,
                role=bodies[row["scenario"]]["lead"],
                counts=row["counts"],
            )
            for play, row in made
        )
        PlayMove.objects.bulk_create(
            (
                PlayMove(
                    play=play,
                    number=number,
                    role=bodies[row["scenario"]]["lead"],
                    move=move,
                    by_id=play.started_by_id,
                )
                for play, row in made
                for number, move in enumerate(row["moves"], 1)
            ),
            batch_size=BATCH,
        )
        _report([play for play, row in made if row["counts"]])
        for scenario in Content.objects.filter(plays__in=plays).distinct():
            spread_of(scenario)


def _report(plays: list[Play]) -> None:
    """Those who are on a path now learn of it there; what was done before stands in results."""
    active = Enrolment.objects.filter(
        state=EnrolmentState.ACTIVE, person__in=[play.started_by_id for play in plays]
    )
    walking = set(active.values_list("person", flat=True))
    for play in plays:
        if play.started_by_id in walking:
            report(play)


def _bodies(rows) -> dict[str, dict]:
    codes = {row["scenario"] for row in rows}
    current = Content.objects.filter(kind=ContentKind.SCENARIO, is_current=True, code__in=codes)
    return dict(current.values_list("code", "body"))


@table
class CrisisAssignments(ModelTable):
    name, title = "crisis_assignments", _("Assigned crises")
    about = _("Scenarios that somebody has to play for their path, and has not begun.")
    model, key = CrisisAssignment, ("person", "scenario")
    fixed = _("What is assigned is taken back or played, and never edited by a file.")
    columns = (
        Reference(name="person", to="people", path="person__code"),
        Reference(name="scenario", to="scenarios", path="scenario"),
        Choice(name="mode", choices=tuple(PlayMode.values)),
        Day(name="due_on", required=False),
        Reference(name="by", to="people", path="by__code"),
    )

    def rows_of(self):
        return CrisisAssignment.objects.filter(play=None).order_by()

    def values(self, row, company, names=None):
        said = {name: row[name] for name in ("scenario", "mode", "due_on")}
        return said | {
            "person_id": company.id("people", row["person"]),
            "by_id": company.id("people", row["by"]),
        }
