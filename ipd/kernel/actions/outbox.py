"""The relay: sends what the outbox holds, once each but for one repeat a crash may cause."""

from datetime import timedelta

from django.core import mail
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ipd.kernel.models import OutboxMessage

# Longer than a mail server may take to answer (EMAIL_TIMEOUT).
CLAIM = timedelta(seconds=40)
GIVE_UP_AFTER = timedelta(hours=24)


def relay(limit: int = 50) -> int:
    """Send up to `limit` waiting messages, one claim each; returns how many went out.

    A claim is a short transaction of its own, so no lock is held while the mail server
    answers; a message whose sender died is claimed again when its claim runs out.
    """
    sent = 0
    for _attempt in range(limit):
        message = _claim()
        if message is None:
            break
        sent += _send(message)
    return sent


@transaction.atomic
def _claim() -> OutboxMessage | None:
    now = timezone.now()
    message = (
        OutboxMessage.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("recipient")
        .filter(sent_at=None, given_up_at=None, not_before__lte=now)
        .filter(Q(claimed_until=None) | Q(claimed_until__lt=now))
        .first()
    )
    if message:
        message.claimed_until = now + CLAIM
        message.attempts += 1
        message.save(update_fields=["claimed_until", "attempts"])
    return message


def _send(message: OutboxMessage) -> bool:
    letter = mail.EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[message.recipient.email],
        headers={
            "Message-ID": f"<outbox-{message.pk}@gatehouse>",
            "Auto-Submitted": "auto-generated",
        },
    )
    now = timezone.now()
    try:
        letter.send()
    except Exception as error:
        message.error = f"{type(error).__name__}: {error}"[:1000]
        message.claimed_until = None
        message.not_before = now + timedelta(seconds=min(3600, 15 * 2**message.attempts))
        if now - message.created_at > GIVE_UP_AFTER:
            message.given_up_at = now
        message.save(update_fields=["error", "claimed_until", "not_before", "given_up_at"])
        return False
    message.sent_at, message.error = timezone.now(), ""
    message.save(update_fields=["sent_at", "error"])
    return True
