"""What tests of assessments say of an attempt: its items, its answers, what a browser sends."""


def codes(attempt):
    return {line["code"] for line in attempt.sheet}


def right_answers(attempt):
    """By the number of the line; the first option as stored is the right one."""
    return {number: 0 for number, _line in enumerate(attempt.sheet, 1)}


def fields(attempt, answers):
    """As the browser sends them: shown places by the name of the question."""
    return {
        f"q{number}": str(attempt.sheet[number - 1]["order"].index(answer))
        for number, answer in answers.items()
    }


def url(attempt, what=""):
    return f"/academy/attempts/{attempt.pk}/{what}"
