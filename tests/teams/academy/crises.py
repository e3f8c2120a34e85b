"""What tests of crises share: whole plays, and what the form of a move says."""

from teams.actions.academy import play_moves
from teams.calculations.academy.tokens import token


def played(play, moves, follow_ups=(), *, by):
    """Moves of one who plays alone, to the end, and what is to follow."""
    for text in (*moves, f"wait {play.scenario.body['length']}"):
        if play.state == "running":
            play = play_moves.move(play, text, by=by)
    return play_moves.finish(play, list(follow_ups), by=by)


def asked(play, kind, what, option=""):
    """What the form of a move says; codes become the words that the page has for them."""
    words = {
        "act": lambda: token(play.seed, "actions", what),
        "decide": lambda: token(play.seed, "decisions", what),
        "share": lambda: token(play.seed, "facts", what),
    }
    word = words.get(kind, lambda: what)()
    option = option and token(play.seed, what, option)
    return {"kind": kind, "what": word, "option": option, "moves": play.moves_made}
