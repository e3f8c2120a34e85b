"""Formulas of KPIs: what can be written, what it is worth, and what is said of the rest."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teams.calculations.formulas import Fault, FormulaError, parse

MEASURED = {"eac": D(12), "bac": D(10), "gap": D(-3)}


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("2 - 3 - 4", -5),
        ("8 / 4 / 2", 1),
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("-2 * -3", 6),
        ("--2", 2),
        ("-gap", 3),
        ("100 * (eac - bac) / bac", 20),
        ("min(eac, bac, 3)", 3),
        ("max(0, gap)", 0),
        ("abs(gap) + 0.25", D("3.25")),
        ("100×(eac−bac)÷bac", 20),
    ],
)
def test_it_is_worth_what_arithmetic_says(text, worth):
    assert parse(text).value(MEASURED) == worth


@pytest.mark.parametrize(
    ("text", "fault", "place", "shown"),
    [
        ("", Fault.EMPTY, 1, ""),
        ("   ", Fault.EMPTY, 1, ""),
        ("cpi +* 2", Fault.VALUE, 6, "*"),
        ("cpi +", Fault.VALUE, 6, ""),
        ("(cpi", Fault.CLOSE, 5, ""),
        ("cpi) + 1", Fault.REST, 4, ")"),
        ("cpi spi", Fault.REST, 5, "spi"),
        ("sum(cpi, spi)", Fault.CALL, 1, "sum"),
        ("min(cpi)", Fault.COUNT, 1, "min"),
        ("abs(cpi, spi)", Fault.COUNT, 1, "abs"),
        ("cpi ** 2", Fault.VALUE, 6, "*"),
        ("cpi // 2", Fault.VALUE, 6, "/"),
        ("1e9", Fault.LETTER, 1, "1"),
        ("0x10", Fault.LETTER, 1, "0"),
        (".5", Fault.LETTER, 1, "."),
        ("cpi.real", Fault.LETTER, 4, "."),
        ("cpi[0]", Fault.LETTER, 4, "["),
        ("'cpi'", Fault.LETTER, 1, "'"),
        ("cpi if spi else 1", Fault.REST, 5, "if"),
        ("lambda: 1", Fault.LETTER, 7, ":"),
        ("__import__('os')", Fault.LETTER, 12, "'"),
        ("cpi\x00", Fault.LETTER, 4, "\x00"),
        ("(" * 21 + "1" + ")" * 21, Fault.DEEP, 22, "1"),
        ("1+" * 60 + "1", Fault.LARGE, 101, "1"),
        ("1 " * 151, Fault.LONG, 301, ""),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(text, fault, place, shown):
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert (caught.value.fault, caught.value.place, caught.value.text) == (fault, place, shown)


def test_nothing_is_divided_by_nothing():
    with pytest.raises(ZeroDivisionError):
        parse("eac / (bac - bac)").value(MEASURED)


def test_money_is_followed_through_the_arithmetic():
    amounts = {"eac": True, "bac": True, "cpi": False}

    def money(text):
        return parse(text).money(amounts)

    assert money("eac - bac") == 1
    assert money("max(0, eac - bac)") == 1
    assert money("eac / bac") == 0
    assert money("100 * (eac - bac) / bac") == 0
    assert money("eac * bac") == 2
    assert money("cpi / eac") == -1
    assert money("-eac / 1000000") == 1
    for text in ("eac + 1", "min(eac, cpi)", "eac - cpi"):
        with pytest.raises(FormulaError) as caught:
            money(text)
        assert caught.value.fault == Fault.MIXED
    with pytest.raises(FormulaError) as caught:
        money("1 + nothing")
    assert (caught.value.fault, caught.value.place) == (Fault.UNKNOWN, 5)


@given(st.text(max_size=320))
def test_any_text_is_read_or_refused_and_nothing_else_happens(text):
    try:
        place = 1 if parse(text).root else 0
    except FormulaError as error:
        place = error.place
    assert 1 <= place <= len(text) + 1


NUMBERS = st.integers(0, 999).map(str)
TREES = st.recursive(
    NUMBERS,
    lambda part: st.one_of(
        st.tuples(part, st.sampled_from("+-*"), part).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        part.map(lambda p: f"-{p}"),
        st.tuples(part, part).map(lambda p: f"max({p[0]}, {p[1]})"),
    ),
    max_leaves=8,
)


@given(TREES)
def test_it_counts_as_python_does(text):
    assert parse(text).value({}) == eval(text)


@given(st.decimals(-999, 999, places=2), st.decimals(1, 999, places=2), st.integers(1, 100))
def test_its_sides_divide_to_its_value(above, below, factor):
    formula = parse(f"-{factor} * ((eac - bac) / bac)")
    measured = {"eac": above, "bac": below}
    top, bottom = (side.value(measured) for side in formula.sides)
    assert abs(top / bottom - formula.value(measured)) < D("1e-15")
