"""The declared table: who may open which address, and who may change something there.

A row names the object of the address, the roles that may look (GET) and those that may act (POST).
Whoever may not gets 403; on a foreign object nobody here may act; a confidential one is 404 for
everybody. `stage` is the stage of the review that the object belongs to.
"""

from dataclasses import dataclass, field

NOBODY: frozenset[str] = frozenset()
SECRETARY = frozenset(["secretary"])
CHAIR = frozenset(["chair"])
VOTERS = frozenset(["chair", "member", "finance"])
BOARD = VOTERS | SECRETARY
PANEL = frozenset(["leader", "organiser"])
TEAM = frozenset(["lpdt", "core_member", "pqa"])
ORGANISER = frozenset(["organiser"])
ALL = BOARD | PANEL | TEAM | {"outsider", "administrator"}
LPDT = frozenset(["lpdt"])
PQA = frozenset(["pqa"])
ADMINISTRATOR = frozenset(["administrator"])

PRESENCE = frozenset(["gates_presence", "gates_review"])


@dataclass(frozen=True)
class Row:
    """What one address answers; `of` maps its arguments to words of tests.walker.world."""

    of: str | dict[str, str] | None = None
    get: frozenset[str] | None = None
    post: frozenset[str] | None = None
    # Who may look at, and act on, an open product of another line; None: as their own, nobody.
    foreign_get: frozenset[str] | None = None
    foreign_post: frozenset[str] = NOBODY
    stage: str = "preparing"
    # The object does not hang on a product: there is nothing foreign or confidential.
    everywhere: bool = False
    # Tables that a GET may touch, with the reason beside the row.
    touches: frozenset[str] = field(default_factory=frozenset)
    # How those who may not are told; an object of one person alone is not there for others.
    denied: int = 403
    # What a POST says: words of the world, or plain values; nothing unless the address needs it.
    data: dict[str, str] = field(default_factory=dict)
    # What a GET answers to those who may look.
    answers: frozenset[int] = frozenset([200])

    def arguments(self) -> dict[str, str]:
        if self.of is None:
            return {}
        return self.of if isinstance(self.of, dict) else {"pk": self.of}


def page(of=None, get=ALL, **more) -> Row:
    """A page to look at, and perhaps to act on."""
    return Row(of, **{"get": get, "everywhere": of is None, **more})


def act(of, post, **more) -> Row:
    """An address that is only posted to."""
    return Row(of, post=post, everywhere=of is None, **more)


def form(of, roles, **more) -> Row:
    """A page with a form: whoever may send it may open it, and nobody else."""
    return Row(of, get=roles, post=roles, everywhere=of is None, **more)


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
    "gates:review-brief": page("review"),
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
