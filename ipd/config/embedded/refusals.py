"""The two ways a start ends early: it cannot go on, or the user wants it to stop."""


class CannotStart(Exception):
    """Says in one sentence what is in the way and what to do; `up` prints it and exits with 1."""


class StopAsked(Exception):
    """Ctrl-C or SIGTERM came while something was being waited for."""
