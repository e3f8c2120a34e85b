"""Amounts of bonuses leak nowhere: each is searched in everything that each person is shown."""

import io
import re
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from ipd.kernel.models import LedgerEntry, Notice, OutboxMessage
from teams.actions import bonus_appeals
from teams.models import BonusAppeal, BonusMember
from tests.teams.bonus_rounds import frozen, proposed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
FUND, GRANTED = Decimal(600_000), Decimal("777.77")


def addresses(made):
    """Every address of the room, and the pages around it that could say something."""
    row, team = made.round, made.p10
    other = made.teams["P05"]
    found = [reverse("teams:bonus-list"), reverse("teams:bonus", args=[row.pk])]
    for one in (team, other):
        for name in ("bonus-team", "bonus-what-ifs", "bonus-proposal"):
            found.append(reverse(f"teams:{name}", args=[one.pk]))
        for ending in ("csv", "xlsx"):
            found.append(reverse("teams:bonus-shares", args=[one.pk, ending]))
    for ending in ("csv", "xlsx"):
        found.append(reverse("teams:bonus-totals", args=[row.pk, ending]))
    found.append(reverse("kernel:inbox"))
    found.append(reverse("kernel:search") + "?q=2026")
    found.append(reverse("teams:team", args=[team.team_id]))
    found.append(reverse("ipd:product", args=[made.house.product.pk]))
    found += [reverse("teams:person", args=[m.person_id]) for m in made.members.values()]
    return found


def text_of(response) -> str:
    """What an answer says, spreadsheets cell by cell, in plain digits."""
    body = b"".join(response) if response.streaming else response.content
    if "spreadsheet" in response.headers.get("Content-Type", ""):
        sheet = openpyxl.load_workbook(io.BytesIO(body)).active
        rows = sheet.iter_rows(values_only=True)
        return " ".join(str(cell) for row in rows for cell in row if cell is not None)
    return plain(body.decode())


def plain(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d{3})", "", text)


def amounts(made) -> dict[str, Decimal]:
    """Each amount there is, by a word for it."""
    found = {"fund": FUND, "granted": GRANTED}
    for code, row in made.teams.items():
        row.refresh_from_db()
        found |= {f"base {code}": row.base, f"pool {code}": row.entitlement}
    for seat, member in made.members.items():
        member.refresh_from_db()
        found[f"share {seat}"] = member.share
    return {word: amount for word, amount in found.items() if amount}


def seen(text: str, made) -> set[str]:
    found = set()
    for word, amount in amounts(made).items():
        shown = {f"{amount:.2f}", f"{amount.normalize():f}"}
        if any(re.search(rf"(?<![\d.]){re.escape(one)}(?![\d])", text) for one in shown):
            found.add(word)
    return found


def shown_to(person, made, as_person) -> set[str]:
    client = as_person(person)
    return set().union(*(seen(text_of(client.get(url)), made) for url in addresses(made)))


def every_share(made) -> set[str]:
    return {f"share {seat}" for seat in made.members}


TOTALS = {"fund", "base P10", "pool P10", "base P05", "pool P05", "base P01"}
OWN_TEAM = {"fund", "base P10", "pool P10"}


@pytest.mark.parametrize("step", [proposed, frozen])
def test_everybody_sees_what_is_theirs_and_nothing_else(made, step, as_person):
    step(made)
    house, seats, members = made.house, made.board, made.members
    head = members["SE"].function.head
    for person, may in {
        seats.secretary: TOTALS,
        seats.chair: TOTALS,
        seats.member: TOTALS,
        seats.other: TOTALS,
        house.lpdt: OWN_TEAM | every_share(made),
        house.core_member: OWN_TEAM | {"share RD1"},
        house.pqa: OWN_TEAM | {"share PQA"},
        members["FIN"].person: OWN_TEAM | {"share FIN"},
        members["MKT"].person: OWN_TEAM | {"share MKT"},
        members["SE"].person: OWN_TEAM | {"share SE"},
        head: set(),
        house.secretary: set(),
        house.chair: set(),
        house.finance: set(),
        house.outsider: set(),
        house.administrator: set(),
    }.items():
        assert shown_to(person, made, as_person) == may, person.name


def test_what_an_appeal_is_granted_is_between_its_member_and_the_board(made, as_person):
    frozen(made)
    member = made.members["FIN"].person
    row = bonus_appeals.appeal(made.p10, text="I was there all year.", by=member)
    bonus_appeals.answer(row, upheld=True, text="You were.", amount=GRANTED, by=made.board.chair)

    assert BonusAppeal.objects.count() == 1
    for person in (member, made.board.member):
        assert "granted" in shown_to(person, made, as_person)
    for person in (made.house.lpdt, made.house.pqa, made.house.outsider, made.board.secretary):
        assert "granted" not in shown_to(person, made, as_person), person.name


def test_no_amount_is_in_a_notice_a_mail_the_ledger_or_the_log(made, caplog):
    with caplog.at_level("DEBUG"):
        frozen(made)
        member = made.members["FIN"].person
        row = bonus_appeals.appeal(made.p10, text="I was there all year.", by=member)
        bonus_appeals.answer(
            row, upheld=True, text="You were.", amount=GRANTED, by=made.board.chair
        )
    logged = [one for one in caplog.records if not one.name.startswith("django.db")]
    said = [
        *(f"{one.text} {one.why}" for one in Notice.objects.all()),
        *(f"{one.subject} {one.body}" for one in OutboxMessage.objects.all()),
        *(str(one.body) for one in LedgerEntry.objects.all()),
        *(one.getMessage() for one in logged),
    ]
    assert len(said) > 20
    assert [(text, seen(plain(text), made)) for text in said if seen(plain(text), made)] == []


def test_nobody_s_contribution_is_read_by_colleagues(made, as_person):
    proposed(made)
    BonusMember.objects.filter(pk=made.members["SE"].pk).update(contribution=Decimal("1.17"))
    type(made.p10).objects.filter(pk=made.p10.pk).update(note="The engineer worked weekends.")
    url = reverse("teams:bonus-team", args=[made.p10.pk])
    for person in (made.house.pqa, made.members["MKT"].person, made.board.chair):
        text = as_person(person).get(url).content.decode()
        assert "1.17" not in text
        assert "weekends" not in text
    for person in (made.house.lpdt, made.members["SE"].function.head):
        assert "1.17" in as_person(person).get(url).content.decode()
