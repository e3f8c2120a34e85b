"""A row of the walker's table: who may open an address, and who may change something there.

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
ACADEMY = frozenset(["academy"])
ALL = BOARD | PANEL | TEAM | ACADEMY | {"outsider", "administrator"}
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
    # Of those who may not, who knows of the object nevertheless: they are told 403.
    sees: frozenset[str] = NOBODY
    # False for what programs read that know a secret address and cannot sign in.
    signed_in: bool = True
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
    return Row(of, **{"post": post, "everywhere": of is None, **more})


def form(of, roles, **more) -> Row:
    """A page with a form: whoever may send it may open it, and nobody else."""
    return Row(of, **{"get": roles, "post": roles, "everywhere": of is None, **more})
