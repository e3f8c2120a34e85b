"""What lines are held against, sparklines, and charts that stand alone."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from ipd.kernel.charts import Ahead, Level, Mark, Series, Zone, lines, on_paper, spark
from ipd.kernel.charts.scales import levels

MONTHS = [date(2026, month, 1) for month in (8, 9, 10, 11)]


def aimed():
    return lines(
        [
            Series(
                "Read <b>",
                list(zip(MONTHS, [82, 84, 83, 85], strict=True)),
                dots=True,
                hollow=MONTHS[-1:],
            ),
            Series("Forecast", [(MONTHS[-1], 85), (date(2026, 12, 1), 86)], dashed=True),
        ],
        title="CSAT",
        about="Four months.",
        place="Month",
        zero=False,
        marks=[Mark(date(2026, 9, 10), "TR4", tone="on")],
        levels_at=[Level(85, "target", solid=True), Level(70, "floor")],
        zones=[Zone(85, None)],
        ahead=[Ahead(MONTHS[-1], 85, 85), Ahead(date(2026, 12, 1), 82, 90)],
    )


def test_levels_zones_and_what_is_ahead_are_drawn():
    text = aimed()
    assert text.count('class="chart__level"') == 2
    assert 'class="chart__level" data-solid' in text
    assert text.count('class="chart__zone"') == 1
    assert text.count("<polygon") == 1
    assert text.count("data-hollow") == 1
    assert "style=" not in text


def test_an_axis_without_zero_begins_where_the_values_do():
    assert levels([82, 88], zero=False).least == 82
    assert levels([82, 88]).least == 0
    assert levels([85, 85], zero=False).most > levels([85, 85], zero=False).least


def test_a_chart_on_paper_is_xml_with_its_own_colours_and_says_names_as_text():
    text = on_paper(
        aimed(),
        title="CSAT & <more>",
        note="today",
        legend=[(1, "Read <b>", False), (2, "F", True)],
    )
    root = ElementTree.fromstring(text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "var(" not in text
    said = "".join(root.itertext())
    assert "CSAT & <more>" in said
    assert "Read <b>" in said


def test_paper_needs_a_drawing():
    with pytest.raises(ValueError, match="no drawing"):
        on_paper("<p></p>", title="T")


def test_a_spark_is_interrupted_where_nothing_was_read_and_says_what_it_shows():
    text = spark([1, None, 3, 4], about="1, –, 3, 4", target=2, tone="off", dashed_last=True)
    assert 'aria-label="1, –, 3, 4"' in text
    assert re.search(r' d="M[^M]+M', text)
    assert "spark__target" in text
    assert 'data-tone="off" data-hollow' in text


def test_a_spark_of_nothing_is_empty_and_of_one_value_flat():
    assert "<svg" not in spark([None, None], about="nothing")
    assert 'cy="12.0"' in spark([5], about="5")
