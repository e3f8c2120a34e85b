"""What learners do with others: works, weeks with a host, plans, crises, colleagues, communities.

Of each learner everything that has begun by their week; done is what the results say is done.
"""

from gates.management.generating.academy import BEGUN, DONE, ELEMENT, LEARNER
from gates.management.generating.filling import Fill
from gates.management.generating.kpis import Readings as Trusted
from gates.models import Exercise
from teams.models import (
    Assignment,
    AssignmentAssessor,
    Community,
    CommunityMember,
    CommunityPost,
    CommunityReply,
    CrisisAssignment,
    DevelopmentPlan,
    MentorOffer,
    PeerRater,
    PeerReview,
    Play,
    PlayRole,
    Reflection,
    ReflectionShare,
    Rotation,
)

COMMUNITIES = 40
# Somebody else, `far` people on in the list: an assessor, a host, a colleague.
OTHER = """JOIN teams_person AS other ON other.code = 'G' || lpad((1 +
    (substr(p.code, 2)::int + {far}) %% %(people)s)::text, 6, '0')"""
FROM = "e.started_on + 7 * (el.from_week - 1)"
UNTIL = "e.started_on + 7 * el.to_week"
WORK = f"""{LEARNER} {ELEMENT} AND el.kind = 'ASSIGNMENT' AND {BEGUN}
    LEFT JOIN teams_rubric AS rubric ON rubric.id = el.rubric_id"""
CONTENT = "JOIN teams_content AS told ON told.is_current AND told.kind = '{kind}'"
PLAYED = "told.code IN ('customer-outage', 'hero-resigns', 'supplier-fire')"
HOST = "JOIN LATERAL (SELECT id FROM teams_function ORDER BY code LIMIT 1) AS host ON true"
EVERYBODY = "teams_person AS p ON p.code ~ '^G[0-9]{6}$'"
N = "substr(p.code, 2)::int"
# Everybody is in two, or in one that is both.
ROOM = f"""teams_community AS room JOIN {EVERYBODY} AND room.id %% {COMMUNITIES}
    IN ({N} %% {COMMUNITIES}, {N} / 7 %% {COMMUNITIES})"""
# Two reviews for each person, of those that are decided.
DECIDED = """CROSS JOIN (VALUES (0), (17)) AS further (by) CROSS JOIN (SELECT count(*) AS number
    FROM gates_review WHERE stage = 'decided' AND NOT is_rehearsal) AS decided JOIN (
    SELECT id, gate_id, row_number() OVER (ORDER BY id) AS k FROM gates_review
    WHERE stage = 'decided' AND NOT is_rehearsal) AS review
    ON review.k = (substr(p.code, 2)::int + further.by) %% decided.number + 1"""
OUTCOME = """JOIN gates_gatedefinition AS gate ON gate.id = review.gate_id
    JOIN gates_outcome AS outcome ON outcome.chain_id = gate.chain_id AND outcome.passes_clean"""

STEPS = [
    Trusted(
        MentorOffer,
        f"(SELECT 1) AS one JOIN {EVERYBODY} AND {N} %% 20 = 0",
        {
            "person": "p.id",
            "competencies": "ARRAY['DISCIPLINE']",
            "about": "'Two product lines, three launches.'",
            "since": "current_date - 300",
        },
    ),
    Trusted(
        Assignment,
        f"{WORK} WHERE rubric.code IS DISTINCT FROM 'RB-ROTATION'",
        {
            "enrolment": "e.id",
            "element": "el.id",
            "brief": "'TR3 of the product ' || e.id",
            "text": "'What was decided, by whom, and why.'",
            "started_on": FROM,
            "due_on": UNTIL,
            "state": f"CASE WHEN {DONE} THEN 'passed' WHEN e.id %% 3 = 0 THEN 'handed_in' "
            "ELSE 'open' END",
            "decided_on": f"CASE WHEN {DONE} THEN {UNTIL} - 3 END",
        },
    ),
    Trusted(
        AssignmentAssessor,
        f"teams_assignment AS work JOIN {LEARNER} ON e.id = work.enrolment_id "
        f"{OTHER.format(far=211)} WHERE work.state <> 'open'",
        {
            "assignment": "work.id",
            "person": "other.id",
            "named_by": "other.id",
            "named_on": "work.due_on - 7",
            "rated_at": "CASE WHEN work.state = 'passed' THEN work.due_on - 3 END",
        },
    ),
    Trusted(
        Rotation,
        f"{WORK} {OTHER.format(far=307)} {HOST} WHERE rubric.code = 'RB-ROTATION'",
        {
            "enrolment": "e.id",
            "element": "el.id",
            "kind": "'function'",
            "host_function": "host.id",
            "host": "other.id",
            "goal": "'Answer customers for six weeks.'",
            "period": f"daterange({FROM}, {UNTIL})",
            "allocation_percent": "50",
            "by_product": "'A checklist that the host uses.'",
            "state": f"CASE WHEN {DONE} THEN 'passed' ELSE 'agreed' END",
            "decided_on": f"CASE WHEN {DONE} THEN {UNTIL} END",
        },
    ),
    Trusted(
        DevelopmentPlan,
        f"{LEARNER} {ELEMENT} WHERE {BEGUN} AND el.kind = 'PDP'",
        {
            "enrolment": "e.id",
            "element": "el.id",
            "made_on": FROM,
            "state": f"CASE WHEN {DONE} THEN 'agreed' ELSE 'draft' END",
            "agreed_on": f"CASE WHEN {DONE} THEN {UNTIL} END",
        },
    ),
    Trusted(
        Reflection,
        f"{LEARNER} {CONTENT.format(kind='reflection')} AND told.code IN ('R1', 'R3')",
        {
            "person": "p.id",
            "code": "told.code",
            "content": "told.id",
            "state": "'finished'",
            "started_on": "e.started_on + 1",
            "finished_on": "e.started_on + 2",
        },
    ),
    Trusted(
        ReflectionShare,
        f"teams_reflection AS told JOIN {LEARNER} ON p.id = told.person_id "
        f"{OTHER.format(far=100)} WHERE told.code = 'R1'",
        {"reflection": "told.id", "person": "other.id", "role": "'mentor'"},
    ),
    Trusted(
        Play,
        f"{LEARNER} {CONTENT.format(kind='scenario')} AND {PLAYED}",
        {
            "scenario": "told.id",
            "state": "'finished'",
            "seed": "e.id",
            "started_by": "p.id",
            "finished_on": "e.started_on + 120",
            "scores": """'{"technical": 80, "relational": 70, "values": 75}'""",
            "score": "60 + e.id %% 40",
            "has_passed": "60 + e.id %% 40 >= 70",
        },
    ),
    Trusted(
        PlayRole,
        "teams_play AS play JOIN teams_person AS p ON p.id = play.started_by_id "
        "AND p.code ~ '^G[0-9]{6}$'",
        {"play": "play.id", "person": "p.id", "role": "'LPDT'", "counts": "true"},
    ),
    Trusted(
        CrisisAssignment,
        f"{LEARNER} {CONTENT.format(kind='scenario')} {OTHER.format(far=100)} "
        "LEFT JOIN teams_play AS play ON play.started_by_id = p.id AND play.scenario_id = told.id "
        f"WHERE {PLAYED} OR told.code = 'regulator-changes-limit'",
        {
            "person": "p.id",
            "scenario": "told.code",
            "mode": "'solo'",
            "due_on": "e.started_on + 140",
            "by": "other.id",
            "play": "play.id",
        },
    ),
    Trusted(
        PeerReview,
        f"{LEARNER} {ELEMENT} {CONTENT.format(kind='peer-review')} "
        f"WHERE {BEGUN} AND el.kind = 'PEER_REVIEW'",
        {
            "enrolment": "e.id",
            "element": "el.id",
            "content": "told.id",
            "state": f"CASE WHEN {DONE} THEN 'told' ELSE 'agreed' END",
            "opened_on": FROM,
            "due_on": UNTIL,
            "closed_on": f"CASE WHEN {DONE} THEN {UNTIL} END",
        },
    ),
    *(
        Trusted(
            PeerRater,
            f"teams_peerreview AS review JOIN {LEARNER} ON e.id = review.enrolment_id "
            f"{OTHER.format(far=far)}",
            {
                "review": "review.id",
                "person": "other.id",
                "group": f"'{group}'",
                "named_by": "p.id",
                "answered_on": "review.closed_on",
            },
        )
        for far, group in [(1, "peer"), (2, "peer"), (3, "peer"), (4, "manager"), (5, "other")]
    ),
    Fill(
        Community,
        f"generate_series(1, {COMMUNITIES}) AS k JOIN teams_person AS p ON p.code = 'G000001'",
        {
            "name": "'Practice ' || k",
            "about": "'What we learn of it, and from whom.'",
            "started_by": "p.id",
            "started_on": "current_date - 400",
        },
    ),
    Trusted(
        CommunityMember,
        ROOM,
        {"community": "room.id", "person": "p.id", "joined_on": "current_date - 200"},
    ),
    Trusted(
        CommunityPost,
        f"{ROOM} WHERE {N} %% 3 = 0",
        {
            "community": "room.id",
            "author": "p.id",
            "kind": "CASE WHEN p.id %% 2 = 0 THEN 'note' ELSE 'lesson' END",
            "title": "'What we learned at gate ' || p.id",
            "text": "'Ask those who build it first.'",
            "state": "CASE WHEN p.id %% 2 = 0 THEN 'open' WHEN p.id %% 5 = 0 THEN 'proposed' "
            "ELSE 'accepted' END",
        },
    ),
    Trusted(
        CommunityReply,
        "teams_communitypost AS post CROSS JOIN generate_series(1, 2) AS k",
        {"post": "post.id", "author": "post.author_id", "text": "'Thank you.'"},
    ),
    # Everybody has decided two reviews anew; half of them have voted.
    Trusted(
        Exercise,
        f"(SELECT 1) AS one JOIN {EVERYBODY} {DECIDED} {OUTCOME}",
        {
            "person": "p.id",
            "review": "review.id",
            "outcome": "outcome.id",
            "reason": "'The case stands without the largest customer.'",
            "settled_chance": "70",
            "passed_chance": "60",
            "slip_days": "10",
            "voted_at": "CASE WHEN p.id %% 2 = 0 THEN now() END",
        },
    ),
]
