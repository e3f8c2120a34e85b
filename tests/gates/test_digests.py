"""The digest: one mail a day at the person's hour, with everything, each line with its why."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from gates.actions.digests import bundle
from ipd.kernel.actions.notices import tell
from ipd.kernel.models import Notice, OutboxMessage
from tests.factories import PersonFactory, SiteFactory

pytestmark = pytest.mark.django_db


def utc(day, hour):
    return datetime(2026, 11, day, hour, 5, tzinfo=ZoneInfo("UTC"))


def news(person, count=1, start=0, **fields):
    Notice.objects.bulk_create(
        Notice(
            person=person,
            dedupe_key=f"news:{start + number}",
            text=f"News {start + number}",
            why="You sit in the team.",
            link="/reviews/1/",
            **fields,
        )
        for number in range(count)
    )


@pytest.fixture
def person(db):
    return PersonFactory(site=SiteFactory(code="SZX", timezone="Asia/Shanghai"), digest_hour=8)


def test_ten_thousand_news_are_one_mail(person, settings):
    news(person, 10_000)

    assert bundle(utc(23, 1)) == 1
    assert bundle(utc(23, 2)) == 0

    [message] = OutboxMessage.objects.all()
    assert message.dedupe_key == f"digest:{person.pk}:2026-11-23"
    assert message.body.count("- News") == 20
    assert message.body.count("Why: You sit in the team.") == 20
    assert "and 9980 more" in message.body
    assert "10000" in message.subject.replace(",", "")
    assert f"{settings.BASE_URL}/inbox/" in message.body
    assert not Notice.objects.filter(mailed_at=None).exists()


def test_it_comes_at_the_person_s_hour_at_their_site(person):
    news(person)

    assert bundle(utc(22, 23)) == 0
    assert bundle(utc(23, 0)) == 1


def test_it_comes_late_when_the_clock_stood_still(person):
    news(person)

    assert bundle(utc(23, 9)) == 1


def test_what_arrives_after_it_waits_for_tomorrow(person):
    news(person)
    bundle(utc(23, 1))
    news(person, start=10)

    assert bundle(utc(23, 9)) == 0
    assert Notice.objects.filter(mailed_at=None).count() == 1
    assert bundle(utc(24, 1)) == 1
    assert OutboxMessage.objects.count() == 2


def test_what_was_read_is_not_mailed(person):
    news(person, read_at=utc(23, 0))

    assert bundle(utc(23, 1)) == 0
    assert not OutboxMessage.objects.exists()


def test_off_is_off_and_nobody_inactive_is_mailed(person):
    news(person)
    person.digest_hour = None
    person.save()
    gone = PersonFactory(is_active=False)
    news(gone)

    assert bundle(utc(23, 12)) == 0


def test_a_wrong_time_zone_is_the_installation_s(person):
    person.site.timezone = "Mars/Olympus"
    person.site.save()
    news(person)

    assert bundle(utc(23, 7)) == 0
    assert bundle(utc(23, 8)) == 1


def test_what_needs_action_was_mailed_at_once_and_is_not_bundled(person):
    with time_machine.travel(utc(23, 1), tick=False):
        fields = {"link": "/x/", "why": "You vote."}
        tell([person], news="vote:1", text="Vote now", needs_action=True, **fields)
        tell([person], news="moved:1", text="It moved", **fields)
        tell([person], news="moved:1", text="It moved", **fields)

        assert bundle() == 1

    at_once, digest = OutboxMessage.objects.order_by("pk")
    assert at_once.subject == "Vote now"
    assert "It moved" in digest.body
    assert "Vote now" not in digest.body
