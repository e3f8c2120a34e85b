"""The template tags of the house: each escapes what it is given and says a state in words."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from ipd.kernel.templatetags import house

HOSTILE = '<img src=x onerror="alert(1)">'
GATES = [
    {"label": "CDCP", "on": "2026-03-12", "state": "decided"},
    {"label": "PDCP", "on": "2026-12-03", "state": "open", "title": "PDCP 2026-12-03, open"},
    {"label": "ADCP", "on": None, "state": "future"},
]


def render(source: str, **context) -> str:
    return Template("{% load house %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        "{% status_chip 'on' text %}",
        "{% status_chip text text %}",
        "{% shape 'off' text %}",
        "{% icon text %}",
        "{% avatar person %}",
        "{% avatar person name=True %}",
        "{% meter 1 2 text %}",
        "{% marking product %}",
        "{% phase_ribbon ribbon %}",
        "{% phase_track ribbon %}",
    ],
)
def test_what_people_typed_is_never_markup(source):
    ribbon = [{"label": HOSTILE, "on": HOSTILE, "state": HOSTILE, "title": HOSTILE, "url": HOSTILE}]

    product = SimpleNamespace(code=HOSTILE, is_confidential=True)

    html = render(
        source, text=HOSTILE, person=SimpleNamespace(name=HOSTILE), ribbon=ribbon, product=product
    )

    assert "<img" not in html
    assert 'onerror="' not in html


def test_a_chip_carries_shape_and_word():
    html = render("{% status_chip 'partly' 'Partly met' %}")

    assert 'data-tone="risk"' in html
    assert 'href="#sh-risk"' in html
    assert "Partly met" in html


def test_a_confidential_product_is_marked_and_nothing_else_is():
    product = SimpleNamespace(code="P07", is_confidential=True)

    assert render("{% marking product %}", product=product) == "Confidential · P07"
    product.is_confidential = False
    assert render("{% marking product %}", product=product) == ""
    assert render("{% marking product %}", product=None) == ""
    assert render("{% marking product %}") == ""


def test_an_unknown_tone_counts_as_no_data():
    assert house.tone_of("purple") == "none"
    assert house.tone_of(None) == "none"


def test_a_day_is_iso_and_names_its_weekday():
    html = render("{% day day %}", day=date(2026, 12, 3))

    assert html == '<time datetime="2026-12-03" title="Thursday">2026-12-03</time>'
    assert render("{% day day %}", day=None) == "–"


def test_a_moment_shows_its_zone(settings):
    settings.TIME_ZONE = "Asia/Shanghai"

    html = render("{% moment at %}", at=datetime(2026, 11, 20, 3, 6, tzinfo=UTC))

    assert "2026-11-20 11:06 CST" in html
    assert 'title="2026-11-20 03:06 UTC"' in html


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 11, 10), "12 d"), (date(2026, 11, 22), "0 d"), (date(2026, 11, 27), "in 5 d")],
)
def test_an_age_is_told_in_days(time_machine, day, words):
    time_machine.move_to(datetime(2026, 11, 22, 12, tzinfo=UTC))

    assert f">{words}<" in render("{% age day %}", day=day)


def test_an_age_beyond_the_rule_gets_a_clock(time_machine):
    time_machine.move_to(datetime(2026, 11, 22, 12, tzinfo=UTC))

    assert "sh-stale" in render("{% age day stale_after=10 %}", day=date(2026, 11, 10))
    assert "sh-stale" not in render("{% age day stale_after=12 %}", day=date(2026, 11, 10))


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Chen Wei", "CW"), ("Kim", "K"), ("李娜", "李娜"), ("欧阳明月", "明月"), ("", "?")],
)
def test_initials_follow_the_name(name, letters):
    assert house.initials(name) == letters


@pytest.mark.parametrize(
    ("value", "maximum", "width"), [(8, 9, "88.9"), (0, 0, "0"), (12, 9, "100"), (None, None, "0")]
)
def test_a_meter_stays_inside_its_bar(value, maximum, width):
    assert f'width="{width}"' in render("{% meter v m %}", v=value, m=maximum)


def test_a_ribbon_tells_its_state_in_one_sentence():
    html = render("{% phase_ribbon ribbon %}", ribbon=GATES)

    assert 'aria-label="1 of 3 gates decided; next: PDCP 2026-12-03, open"' in html
    assert html.count("<g>") == 3


def test_a_ribbon_takes_places_and_today():
    gates = [{**gate, "at": place} for gate, place in zip(GATES, (0.1, 0.5, 1), strict=True)]

    html = render("{% phase_ribbon ribbon %}", ribbon={"gates": gates, "today": 0.4})

    assert 'd="M121.8 0V18"' in html
    assert render("{% phase_ribbon ribbon %}", ribbon=[]) == "–"


def test_a_track_names_every_gate():
    html = render("{% phase_track ribbon %}", ribbon=[{**GATES[0], "url": "/gates/1/"}, *GATES[1:]])

    assert html.count('<li class="track__gate"') == 3
    assert '<a class="track__label" href="/gates/1/">CDCP</a>' in html


def test_a_link_of_the_rail_is_marked_where_one_is(settings):
    request = RequestFactory().get("/")
    request.resolver_match = SimpleNamespace(view_name="account_email")

    html = render(
        "{% nav_link 'account_login' 'Sign in' 'home' also='account_' key='s' %}", request=request
    )

    assert 'aria-current="page"' in html
    assert 'data-key="s"' in html


def test_a_link_to_a_missing_page_shows_nothing():
    assert render("{% nav_link 'gates:nowhere' 'Nowhere' 'home' %}") == ""
