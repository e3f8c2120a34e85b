"""Steps of a bonus round, for tests that begin after them."""

from teams.actions import bonus_approvals, bonus_shares, bonuses
from tests.factories.bonuses import Example


def opened(made: Example) -> Example:
    made.round = bonuses.open_round(
        made.round, by=made.board.secretary, seen_version=made.fresh().version
    )
    return made


def proposed(made: Example) -> Example:
    """P10's lead proposes as in the example; P05's proposes nothing special of nobody."""
    opened(made)
    row = made.p10
    bonus_shares.propose(
        row,
        contributions=made.contributions(),
        note="",
        by=made.house.lpdt,
        seen_version=row.version,
    )
    other = made.teams["P05"]
    other.refresh_from_db()
    bonus_shares.propose(
        other, contributions={}, note="", by=made.house.lpdt, seen_version=other.version
    )
    return made


def cosigned(made: Example) -> Example:
    proposed(made)
    for function, head in made.heads():
        row = made.p10
        bonus_shares.cosign(row, function=function, by=head, seen_version=row.version)
    return made


def approve(made: Example, by) -> None:
    made.round = bonus_approvals.approve(made.fresh(), by=by, seen_version=made.fresh().version)


def frozen(made: Example) -> Example:
    cosigned(made)
    approve(made, made.board.chair)
    approve(made, made.board.member)
    return made
