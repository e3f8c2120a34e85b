"""What a learner does alone: reads, and answers items; the answers are read from the database."""

import re
from urllib.parse import urlencode
from uuid import uuid4

from playwright.sync_api import expect

from teams.calculations.academy.answers import question_of
from teams.models import Attempt, ModuleItem
from tests.browser.cast import press, tab_to


def answers(attempt: Attempt) -> dict[int, object]:
    """What is right, by the number of the question, as this attempt shows its options: a set of
    places, the rank of each place, or a number."""
    items = ModuleItem.objects.in_bulk(line["item"] for line in attempt.sheet)
    return {
        number: _shown(items[line["item"]], line["order"])
        for number, line in enumerate(attempt.sheet, 1)
    }


def _shown(item: ModuleItem, order: list[int]):
    question = question_of(item.kind, item.content)
    match item.kind:
        case "number":
            return str(item.content["answer"])
        case "order":
            return [order[place] + 1 for place in range(len(order))]
        case _:
            return {place for place, given in enumerate(order) if question.options[given].right}


def fill(page, attempt: Attempt, *, keyboard: bool = False) -> None:
    """Answer every question of the open page."""
    for number, right in answers(attempt).items():
        box = page.locator(f"#item-{number}")
        if isinstance(right, str):
            box.get_by_role("textbox").fill(right)
        elif isinstance(right, list):
            for place, rank in enumerate(right):
                box.get_by_role("combobox").nth(place).select_option(str(rank))
        else:
            for place in right:
                box.locator("input").nth(place).check()


def read_module(page) -> None:
    """Scroll through all sections and say so at the end, as a reader does; the assessment opens."""
    ends = page.locator("form.lesson__end")
    while ends.count():
        end = ends.first.get_attribute("id")
        page.locator(f"#{end}").evaluate("end => end.scrollIntoView({block: 'center'})")
        expect(page.locator(f"p[id={end}]")).to_be_visible()
    press(page, "I have read this")
    expect(page).to_have_url(re.compile("/academy/assessments/"))


def by_keys(page, attempt: Attempt) -> None:
    """Answer every question, and hand in, without mouse or finger."""
    for number, right in answers(attempt).items():
        name = f"[id=item-{number}] "
        if isinstance(right, str):
            tab_to(page, f"{name}input")
            page.keyboard.type(right)
        elif isinstance(right, list):
            for place, rank in enumerate(right):
                tab_to(page, f"{name}.choice:nth-of-type({place + 1}) select")
                page.keyboard.type(str(rank))
        else:
            _choose(page, name, sorted(right))
    tab_to(page, ".sheet__bar button.btn--primary")
    page.keyboard.press("Enter")


def _choose(page, name: str, places: list[int]) -> None:
    """Boxes are gone through by Tab, options of one choice by the arrows."""
    box = page.locator(f"{name}input[type=checkbox]")
    if box.count():
        for place in places:
            tab_to(page, f"{name}.choice:nth-of-type({place + 1}) input")
            page.keyboard.press("Space")
        return
    tab_to(page, f"{name}input")
    page.keyboard.press("Space")
    for _step in range(places[0]):
        page.keyboard.press("ArrowDown")


def post(page, url: str, **fields):
    """The same session without its window: a plain form sent to the address."""
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
    form = urlencode({"csrfmiddlewaretoken": token, "key": uuid4(), **fields}, doseq=True)
    kind = "application/x-www-form-urlencoded"
    answer = page.request.post(url, data=form, headers={"content-type": kind})
    assert answer.ok, (url, answer.status, answer.text()[:2000])
    return answer


def read_by_post(page, code: str) -> None:
    page.goto(f"/academy/modules/{code}/")
    facts = {"version": _hidden(page, "version"), "language": _hidden(page, "language")}
    slugs = page.locator("form.lesson__end input[name=section]").evaluate_all(
        "all => all.map(one => one.value)"
    )
    last = page.locator("#end input[name=section]").input_value()
    for slug in slugs:
        post(page, f"/academy/modules/{code}/place/", section=slug, **facts)
    post(page, f"/academy/modules/{code}/reading/", section=last, **facts)


def _hidden(page, name: str) -> str:
    return page.locator(f"#end input[name={name}]").input_value()


def pass_by_post(page, code: str) -> None:
    post(page, f"/academy/assessments/{code}/attempts/")
    attempt = Attempt.objects.get(module__code=code, submitted_at=None)
    given: dict = {}
    for number, right in answers(attempt).items():
        if isinstance(right, list):
            given |= {f"q{number}-{place}": str(rank) for place, rank in enumerate(right)}
        else:
            given[f"q{number}"] = right if isinstance(right, str) else sorted(map(str, right))
    post(page, f"/academy/attempts/{attempt.pk}/submission/", **given)


def sit(page, person) -> None:
    """Begin what the page offers, answer it all, and hand it in."""
    press(page, "Begin")
    fill(page, Attempt.objects.get(person=person, submitted_at=None))
    press(page, "Hand in")
    page.wait_for_url("**/result/")


def try_exercise(page) -> None:
    """Something is said to whatever was tried."""
    exercise = page.locator("form.exercise").first
    exercise.get_by_role("radio").first.check()
    exercise.get_by_role("button", name="Check").click()
    expect(exercise.get_by_role("status")).not_to_be_empty()
