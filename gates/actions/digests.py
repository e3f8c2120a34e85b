"""The digest: one mail per person and day with everything that did not need them at once."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ipd.kernel.models import Notice, OutboxMessage
from teams.models import Person

LINES = 20


def bundle(now: datetime | None = None) -> int:
    """Queue the digest of everyone whose hour has come at their site; how many were queued.

    The key of the message holds the person and their date, so that a second run, or one that
    comes hours late, queues nothing twice; what arrives after it waits for tomorrow's.
    """
    now = now or timezone.now()
    waiting = Notice.objects.filter(person=OuterRef("pk"), mailed_at=None)
    people = Person.objects.filter(
        Exists(waiting), is_active=True, digest_hour__isnull=False
    ).select_related("site")
    queued = 0
    for person in people.iterator(chunk_size=500):
        here = now.astimezone(zone_of(person))
        if here.hour >= person.digest_hour:
            queued += _bundle(person, here, now)
    return queued


def zone_of(person: Person) -> ZoneInfo:
    """The time zone of the person's site; the installation's without one, or a wrong one."""
    name = person.site.timezone if person.site else settings.TIME_ZONE
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)


@transaction.atomic
def _bundle(person: Person, here: datetime, now: datetime) -> bool:
    """One message for all that waits; what was read in the inbox is not mailed again."""
    waiting = Notice.objects.filter(person=person, mailed_at=None)
    waiting.filter(read_at__isnull=False).update(mailed_at=now)
    key = f"digest:{person.pk}:{here.date()}"
    if not waiting.exists() or OutboxMessage.objects.filter(dedupe_key=key).exists():
        return False
    message, created = OutboxMessage.objects.get_or_create(
        dedupe_key=key,
        defaults={"recipient": person, "subject": "", "body": "", "not_before": now},
    )
    if not created:
        return False
    # Marked first and read by the mark: what arrives meanwhile is in neither.
    count = waiting.update(mailed_at=now)
    lines = Notice.objects.filter(person=person, mailed_at=now, read_at=None).exclude(
        needs_action=True
    )[:LINES]
    message.subject = ngettext("Gatehouse: %(count)d news", "Gatehouse: %(count)d news", count) % {
        "count": count
    }
    message.body = body_of(lines, count)
    message.save(update_fields=["subject", "body"])
    return True


def body_of(lines, count: int) -> str:
    """The mail's text: each line says what, why and where; the rest is counted, never hidden."""
    text = []
    for notice in lines:
        text += [f"- {' '.join(notice.text.split())}", f"  {_('Why:')} {notice.why}"]
        if notice.link:
            text.append(f"  {settings.BASE_URL}{notice.link}")
        text.append("")
    if count > LINES:
        more = ngettext("and %(count)d more", "and %(count)d more", count - LINES)
        text += [more % {"count": count - LINES}, ""]
    inbox = f"{settings.BASE_URL}{reverse('kernel:inbox')}"
    text.append(_("All of it, and the hour of this mail or none at all: %(url)s") % {"url": inbox})
    return "\n".join(text)
