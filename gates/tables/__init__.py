"""The tables of gates: tailoring, reviews, criteria, votes, conditions, as files bring them in."""

from gates.tables import conditions, criteria, decisions, facts, reviews, voting

__all__ = ["conditions", "criteria", "decisions", "facts", "reviews", "voting"]
