"""The declared table: every address, who may open it, and who may change something there."""

from tests.walker.rooms import rooms
from tests.walker.rows import (
    ADMINISTRATOR,
    ALL,
    BOARD,
    CHAIR,
    LPDT,
    ORGANISER,
    PQA,
    PRESENCE,
    SECRETARY,
    TEAM,
    VOTERS,
    Row,
    act,
    form,
    page,
)

TABLE: dict[str, Row] = {
    "ipd:portfolio": page(),
    "ipd:product": page("product"),
    "teams:team-list": page(),
    "teams:team": page("team"),
    "teams:person-list": page(),
    "teams:person": page("person", everywhere=True),
    "kernel:search": page(),
    "kernel:inbox": page(),
    "kernel:inbox-read": act(None, ALL),
    "kernel:inbox-digest": act(None, ALL),
    "kernel:notice-read": act("notice", LPDT, denied=404),
    "gates:home": page(),
    "gates:calendar": page(),
    "gates:decision-list": page(),
    "gates:decision": page("decision"),
    "gates:condition-list": page(),
    "gates:condition": page("condition"),
    "gates:condition-acceptance": act("condition", LPDT),
    "gates:condition-submission": act("condition", LPDT),
    "gates:condition-verification": act("condition", PQA),
    "gates:condition-rejection": act("condition", PQA),
    "gates:condition-extension": act("condition", CHAIR),
    "gates:condition-waiver": act("condition", CHAIR),
    "gates:condition-waiver-withdrawal": act("condition", CHAIR),
    "gates:process": page(),
    "gates:tailoring": page({"product_pk": "product"}, post=CHAIR),
    "gates:review": page("review"),
    # Reading it is noted, once, for the checklist of a new seat.
    "gates:review-brief": page("review", touches=frozenset(["teams_deed"])),
    "gates:review-new": form({"product_pk": "product"}, SECRETARY | ORGANISER),
    "gates:review-lock": act("review", SECRETARY),
    "gates:review-move": form("review", SECRETARY),
    "gates:review-voters": page("review", post=SECRETARY, data={"act": "conflict"}),
    "gates:criterion": page("criterion", post=TEAM),
    "gates:criterion-owner": act("criterion", LPDT),
    "gates:criterion-evidence": act("criterion", TEAM),
    "gates:criterion-question": act("criterion", BOARD | PQA),
    "gates:question-answer": act("question", TEAM),
    "gates:criterion-waiver": form("criterion", LPDT),
    "gates:waiver": page("waiver", post=CHAIR),
    "gates:evidence": page("evidence"),
    # Entering is seen by the others: who looks into the room is in it.
    "gates:review-room": page("review", stage="first_vote", touches=PRESENCE),
    "gates:review-live": page("review", stage="first_vote", touches=PRESENCE),
    "gates:review-open": act("review", SECRETARY, stage="locked"),
    "gates:review-show": act(
        "review", SECRETARY, stage="first_vote", data={"criterion": "criterion"}
    ),
    "gates:review-vote": form("review", VOTERS, stage="first_vote"),
    "gates:review-reveal": act("review", CHAIR, stage="first_vote"),
    "gates:review-second": act("review", CHAIR, stage="revealed"),
    "gates:review-decide": form("review", CHAIR, stage="revealed", touches=PRESENCE),
    "gates:review-defer": form("review", CHAIR | SECRETARY, stage="revealed"),
    "gates:decision-correct": form("decision", CHAIR),
    "kernel:administration": page(get=ADMINISTRATOR),
    "kernel:import": form(None, ADMINISTRATOR),
    "kernel:import-confirmation": act(None, ADMINISTRATOR),
    "kernel:import-blank": page(
        {"table": "sites", "ending": "csv"}, get=ADMINISTRATOR, everywhere=True
    ),
}

# allauth's own pages: before signing in, or about oneself; they carry no object of ours.
ACCOUNT = {
    *("account_login", "account_logout", "account_signup", "account_inactive"),
    *("account_change_password", "account_set_password", "account_reauthenticate"),
    *("account_reset_password", "account_reset_password_done"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("account_email", "account_confirm_email", "account_email_verification_sent"),
    *("account_request_login_code", "account_confirm_login_code", "usersessions_list"),
}

for room in rooms():
    TABLE |= room.TABLE
