"""The academy: everybody learns. At group scale 100,000 learners and two million attempts.

Person n is in cohort n / 40. Cohorts begin every other week, so that those of the last half year
are on the path and the others certified; one in fifty people waits for a place.
"""

from gates.management.generating.filling import Fill
from gates.management.generating.kpis import Readings as Trusted
from gates.management.generating.people import FUNCTIONS
from teams.actions.academy import curriculum
from teams.models import (
    Attempt,
    Cohort,
    ElementResult,
    Enrolment,
    LearningModule,
    Mentorship,
    Seat,
    Team,
)

EACH, ROUNDS = 40, 2  # people in a cohort; attempts at each of ten assessments
PATH = "(SELECT * FROM teams_learningpath WHERE code = 'LPDT-1' AND is_current) AS path"
PERSON = "(SELECT id, substr(code, 2)::int AS n FROM teams_person WHERE code ~ '^G[0-9]{6}$') AS p"
COHORTS = f"generate_series(0, %(people)s / {EACH}) AS k"
BEGINS = "(date_trunc('week', current_date)::date - 14 * (k %% 40) - 7)"
COHORT = """LEFT JOIN teams_cohort AS c ON p.n %% 50 <> 49
    AND c.code = 'G' || lpad((p.n / 40)::text, 5, '0')"""
IS_OVER = "c.starts_on + 182 < current_date"
STATE = f"CASE WHEN c.id IS NULL THEN 'waiting' WHEN {IS_OVER} THEN 'certified' ELSE 'active' END"
LEARNER = """teams_enrolment AS e JOIN teams_person AS p ON p.id = e.person_id
    AND p.code ~ '^G[0-9]{6}$' AND e.started_on IS NOT NULL"""
ELEMENT = """JOIN teams_pathstage AS stage ON stage.path_id = e.path_id
    JOIN teams_pathelement AS el ON el.stage_id = stage.id"""
WEEK = "((current_date - e.started_on) / 7 + 1)"
# One in eleven has left something out; what begins later is not there yet.
DONE = f"""{WEEK} > el.to_week
    AND NOT (e.state = 'active' AND (e.id + el.id) %% 11 = 0)"""
BEGUN = f"{WEEK} >= el.from_week"
SCORE = "CASE WHEN el.kind IN ('ASSESSMENT', 'SIMULATION') THEN 80 + (e.id + el.id) %% 20 END"
QUIZ = """CROSS JOIN LATERAL (SELECT el.refs FROM teams_pathstage stage JOIN teams_pathelement el
    ON el.stage_id = stage.id AND el.kind = 'ASSESSMENT' AND el.refs <> '[]'
    WHERE stage.path_id = e.path_id LIMIT 1) AS quiz
    JOIN teams_learningmodule AS m ON quiz.refs ? m.code"""
SHEET = """JOIN (SELECT module_id, jsonb_agg(jsonb_build_object('item', id, 'code', code,
    'order', '[0, 1, 2]'::jsonb, 'answer', '[0]'::jsonb, 'right', k < 8)) AS sheet
    FROM (SELECT *, row_number() OVER (PARTITION BY module_id ORDER BY code) AS k
    FROM teams_moduleitem WHERE retired_at IS NULL) AS items WHERE k <= 8 GROUP BY module_id
    ) AS drawn ON drawn.module_id = m.id"""


class Curriculum:
    """What is learned: the shipped files, unless something is there."""

    model = LearningModule

    def run(self, numbers) -> int:
        if not LearningModule.objects.exists():
            curriculum.load(curriculum.SHIPPED)
        return LearningModule.objects.count()


STEPS = [
    Curriculum(),
    Fill(
        Team,
        "(SELECT 1) AS one WHERE NOT EXISTS (SELECT FROM teams_team WHERE kind = 'ACADEMY')",
        {"code": "'ACADEMY'", "name": "'Academy'", "kind": "'ACADEMY'"},
    ),
    Fill(
        Seat,
        f"teams_team AS t JOIN teams_role AS r ON r.code = 'CHAIR' JOIN {FUNCTIONS} ON f.n = 0 "
        "JOIN teams_person AS p ON p.code = 'G000001' WHERE t.kind = 'ACADEMY' "
        "AND NOT EXISTS (SELECT FROM teams_seat WHERE team_id = t.id AND role_id = r.id)",
        {
            "team": "t.id",
            "role": "r.id",
            "function": "f.id",
            "person": "p.id",
            "allocation_percent": "0",
            "period": "daterange('2024-01-01', NULL)",
        },
    ),
    Fill(
        Cohort,
        f"{COHORTS} CROSS JOIN {PATH}",
        {
            "code": "'G' || lpad(k::text, 5, '0')",
            "path": "path.id",
            "starts_on": BEGINS,
            "ends_on": f"{BEGINS} + 182",
            "places": str(EACH),
        },
    ),
    Fill(
        Enrolment,
        f"{PERSON} CROSS JOIN {PATH} {COHORT}",
        {
            "person": "p.id",
            "path": "path.id",
            "cohort": "c.id",
            "manager": "(SELECT id FROM teams_person WHERE code = "
            "'G' || lpad((1 + (p.n + 7) / 20 * 20 %% %(people)s)::text, 6, '0') AND id <> p.id)",
            "state": STATE,
            "enrolled_on": "coalesce(c.starts_on, current_date) - 28",
            "started_on": "c.starts_on",
            "ended_on": f"CASE WHEN {IS_OVER} THEN c.ends_on END",
            "credits": f"CASE WHEN {IS_OVER} THEN 100 WHEN c.id IS NULL THEN 0 ELSE 40 END",
            "stage": f"CASE WHEN {IS_OVER} THEN 6 WHEN c.id IS NULL THEN 0 ELSE 2 END",
        },
    ),
    Trusted(
        Mentorship,
        f"{LEARNER} WHERE e.state = 'active'",
        {
            "enrolment": "e.id",
            # Three who follow each other have one mentor, of another cohort.
            "mentor": "(SELECT id FROM teams_person WHERE code = 'G' || lpad((1 + "
            "(substr(p.code, 2)::int / 3 * 3 + 100) %% %(people)s)::text, 6, '0'))",
            "started_on": "e.started_on",
        },
    ),
    Trusted(
        ElementResult,
        f"{LEARNER} {ELEMENT} WHERE {BEGUN}",
        {
            "enrolment": "e.id",
            "element": "el.id",
            "ref": "''",
            "state": f"CASE WHEN {DONE} THEN 'done' ELSE 'started' END",
            "score": f"CASE WHEN {DONE} THEN {SCORE} END",
            "level": f"CASE WHEN {DONE} AND el.rubric_id IS NOT NULL THEN 3 END",
            "assessors": f"CASE WHEN {DONE} THEN el.assessors ELSE 0 END",
            "agreed": "ARRAY['learner', 'mentor', 'manager', 'host']",
            "is_fatal": "false",
            "started_on": "e.started_on + 7 * (el.from_week - 1)",
            "done_on": f"CASE WHEN {DONE} THEN e.started_on + 7 * el.to_week - 3 END",
        },
    ),
    Trusted(
        ElementResult,
        f"{LEARNER} {ELEMENT} CROSS JOIN LATERAL jsonb_array_elements_text(el.refs) AS ref "
        f"WHERE {DONE} AND el.kind IN ('ASSESSMENT', 'MODULE') AND el.choose IS NULL",
        {
            "enrolment": "e.id",
            "element": "el.id",
            "ref": "ref",
            "state": "'done'",
            "score": SCORE,
            "assessors": "0",
            "agreed": "'{}'",
            "is_fatal": "false",
            "started_on": "e.started_on + 7 * (el.from_week - 1)",
            "done_on": "e.started_on + 7 * el.to_week - 3",
        },
    ),
    # The first try at each assessment fails one learner in two, the second passes everybody.
    Trusted(
        Attempt,
        f"teams_enrolment AS e JOIN teams_person AS p ON p.id = e.person_id "
        f"AND p.code ~ '^G[0-9]{{6}}$' {QUIZ} {SHEET} "
        f"CROSS JOIN generate_series(1, {ROUNDS}) AS attempt",
        {
            "person": "e.person_id",
            "module": "m.id",
            "number": "attempt",
            "version": "'3.0'",
            "cut_percent": "80",
            "wait_hours": "24",
            "sheet": "drawn.sheet",
            "asked": "8",
            "started_at": "now() - make_interval(days => 100 - attempt)",
            "submitted_at": "now() - make_interval(days => 100 - attempt, mins => -12)",
            "right": "CASE WHEN attempt = 1 AND e.id %% 2 = 0 THEN 6 ELSE 7 END",
            "score": "CASE WHEN attempt = 1 AND e.id %% 2 = 0 THEN 75 ELSE 87.5 END",
            "passed": "NOT (attempt = 1 AND e.id %% 2 = 0)",
        },
    ),
]
