"""Charts: what is drawn is said as a table, too; nothing inline, nothing unescaped."""

import re
from datetime import date

from ipd.kernel.charts import Bar, Column, Mark, Series, bars, columns, lines

HOSTILE = '<script>alert("x")</script>'
DAYS = [date(2027, 1, 4), date(2027, 2, 1), date(2027, 3, 1)]


def drawn():
    yield columns(
        [Column(day, day, runs) for runs, day in enumerate(DAYS)],
        title=HOSTILE,
        about=HOSTILE,
        heads=(HOSTILE, "Runs"),
        marks=[Mark(DAYS[1], HOSTILE, "off")],
    )
    yield lines(
        [
            Series(HOSTILE, [(day, place) for place, day in enumerate(DAYS)], steps=True),
            Series("Broken", [(DAYS[0], 1.0), (DAYS[1], None), (DAYS[2], 3.0)], dots=True),
        ],
        title="Lines",
        about="Two lines.",
        place=HOSTILE,
    )
    yield bars(
        [Bar(HOSTILE, 2.5, beside=HOSTILE), Bar("B", -1, low=-2, high=0)],
        title="Bars",
        about="Two bars.",
        heads=("Name", "Days", "Beside"),
    )


def test_every_chart_is_named_and_has_its_table():
    for text in drawn():
        assert 'role="img"' in text
        assert re.search(r'aria-labelledby="(chart-\d+)-t \1-d"', text)
        assert text.count("<figure") == text.count("<details") == text.count("<table") == 1
        assert "style=" not in text
        assert "<script" not in text


def test_the_table_says_what_the_lines_say():
    [_columns, text, _bars] = drawn()
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", text)
    cells = [(day, re.findall(r">([^<]*)</td>", rest)) for day, rest in rows]
    assert cells == [
        ("2027-01-04", ["0", "1"]),
        ("2027-02-01", ["1", "–"]),
        ("2027-03-01", ["2", "3"]),
    ]


def test_an_interrupted_line_is_drawn_in_pieces():
    [_columns, text, _bars] = drawn()
    paths = re.findall(r' d="([^"]*)"', text)
    assert [path.count("M") for path in paths] == [1, 2]


def test_charts_without_rows_do_not_break():
    assert "<figure" in columns([], title="T", about="A", heads=("a", "b"))
    assert "<figure" in lines([], title="T", about="A", place="Day")
    assert "<figure" in bars([], title="T", about="A", heads=("a", "b"))


def test_numbers_keep_their_decimals_and_no_more():
    text = bars([Bar("A", 0.5), Bar("B", 1250)], title="T", about="A", heads=("a", "b"))
    assert re.findall(r'<td class="num"[^>]*>([^<]*)</td>', text) == ["0.5", "1,250"]
