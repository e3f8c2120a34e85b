"""The relay: each message once, a failing server is asked again, and given up after a day."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from ipd.kernel.actions.outbox import relay
from ipd.kernel.models import OutboxMessage
from tests.factories import PersonFactory
from tests.races import at_once


def message(number=1, **fields):
    return OutboxMessage.objects.create(
        **{
            "dedupe_key": f"test:{number}",
            "recipient": PersonFactory(),
            "subject": f"Subject {number}",
            "body": "Text",
            "not_before": timezone.now(),
            **fields,
        }
    )


class Away(EmailBackend):
    """A mail server that cannot be reached."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("mail server away")


@pytest.fixture
def server_away(settings):
    """A switch: while it is on, the mail server is away."""
    given = settings.MAILERS

    def switch(away):
        settings.MAILERS = {"default": {"BACKEND": f"{__name__}.Away"}} if away else given

    return switch


@pytest.mark.django_db
def test_each_message_goes_out_once():
    message(1)
    message(2)

    assert relay() == 2
    assert relay() == 0
    assert sorted(letter.subject for letter in mail.outbox) == ["Subject 1", "Subject 2"]
    ids = {letter.extra_headers["Message-ID"] for letter in mail.outbox}
    assert len(ids) == 2


@pytest.mark.django_db
def test_a_failing_server_is_asked_again_later(server_away):
    row = message()
    server_away(True)
    assert relay() == 0
    row.refresh_from_db()
    assert row.attempts == 1
    assert "mail server away" in row.error
    assert row.claimed_until is None

    server_away(False)
    assert relay() == 0
    with time_machine.travel(row.not_before + timedelta(seconds=1)):
        assert relay() == 1
    row.refresh_from_db()
    assert row.sent_at
    assert row.error == ""
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_after_a_day_it_is_given_up(server_away):
    row = message()
    server_away(True)
    with time_machine.travel(timezone.now() + timedelta(hours=25)) as clock:
        relay()
        row.refresh_from_db()
        assert row.given_up_at
        server_away(False)
        clock.shift(timedelta(hours=2))
        assert relay() == 0
    assert not mail.outbox


@pytest.mark.django_db
def test_a_claim_whose_sender_died_is_taken_over():
    row = message(claimed_until=timezone.now() + timedelta(minutes=2), attempts=1)

    assert relay() == 0
    with time_machine.travel(row.claimed_until + timedelta(seconds=1)):
        assert relay() == 1


@pytest.mark.django_db(transaction=True)
def test_four_relays_at_once_send_nothing_twice():
    for number in range(24):
        message(number)

    sent, _refused = at_once([relay] * 4)

    assert sum(sent) == 24
    assert len({letter.subject for letter in mail.outbox}) == len(mail.outbox) == 24
