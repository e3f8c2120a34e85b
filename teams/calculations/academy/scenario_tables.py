"""The tables of a scenario's file: what each key holds; one that ends in ? may be left out."""

from teams.calculations.academy.scores import DIMENSIONS

STATES = ("schedule_days", "cost_keur", "customer_trust", "quality", "team_load")
CHANNELS = ("mail", "phone", "chat", "alarm", "meeting", "report", "visit", "press")
BODIES = ("IPMT", "CHAIR", "TRP", "RESEARCH", "SUPPLIER", "CUSTOMER")
LONGEST = 600  # minutes of an exercise
MOST = 200  # rows of one table

NUMBER = (int, float)
TEXTS = "texts"
EFFECTS = "effects"
TOP = {
    "code": str,
    "slug": str,
    "title": str,
    "version": str,
    "language": str,
    "product": str,
    "gate": str,
    "length": int,
    "story_time": str,
    "opening": str,
    "competencies": TEXTS,
    "lead": str,
    "good_score": NUMBER,
    "best_score": NUMBER,
    "follow_up_limit": int,
    "state": dict,
    "scoring": dict,
}
BOUNDS = dict.fromkeys(("start", "low", "high", "good", "bad", "weight"), NUMBER)
SCORING = {
    **dict.fromkeys((*DIMENSIONS, "facts_enough", "broken_right", "pass_percent"), NUMBER),
    "fatal_fails": bool,
}
ONE = {"needs?": str, "unless?": str}
TABLES = {
    "roles": {"code": str, "name": str, "brief": str, "may": str},
    "injects": {"code": str, "minute": int, "channel": str, "from": str, "text": str, **ONE},
    "actions": {
        "code": str,
        "name": str,
        "role": str,
        "minutes": int,
        "from_minute": int,
        "reveals?": TEXTS,
        "tells?": TEXTS,
        "sets?": TEXTS,
        "effects?": EFFECTS,
        **ONE,
    },
    "facts": {"code": str, "inject": str, "text": str, "weight": int, "serves": str},
    "communications": {"code": str, "to": str, "text": str, "by": int, "points": NUMBER},
    "decisions": {
        "code": str,
        "title": str,
        "question": str,
        "minute": int,
        "due": int,
        "close": int,
        "holder": str,
        "default": str,
        "late?": dict,
        "options": list,
        **ONE,
    },
    "chances": {
        "code": str,
        "minute": int,
        "probability": NUMBER,
        "when?": list,
        "text": str,
        "otherwise": str,
        "effects": EFFECTS,
    },
    "follow_ups": {"code": str, "text": str, "owner": str, "due": str, "points": NUMBER},
    "debrief": {"question": str, "listen_for": str},
    "paths": {
        "title": str,
        "why": str,
        "moves": TEXTS,
        "follow_ups": TEXTS,
        "least": NUMBER,
        "most?": NUMBER,
    },
}
OPTION = {
    "code": str,
    "text": str,
    "effects": EFFECTS,
    "right": str,
    "follows": str,
    "facts_needed?": TEXTS,
    "without_facts?": EFFECTS,
    "fatal?": bool,
    "sets?": TEXTS,
    "tells?": TEXTS,
    "misleads?": TEXTS,
    "needs?": str,
    "unless?": str,
}
LATE = {"every": int, "effects": EFFECTS, "at_most": int}
CASE = {"flag": str, "probability": NUMBER}
WORDS = {
    str: "a text",
    int: "a whole number",
    NUMBER: "a number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
    TEXTS: "a list of texts",
    EFFECTS: f"a table of numbers for {', '.join(STATES)}",
}
