"""Telling people: a line in the inbox, and a mail at once only when they must act."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from ipd.kernel.models import Notice, OutboxMessage


def tell(
    people: Iterable, *, news: str, text: str, link: str, why: str, needs_action: bool = False
) -> None:
    """Give each person one notice about `news` (its key), in the caller's transaction.

    needs_action  also queues a mail at once; everything else waits for the daily digest.
    Telling the same news twice changes nothing.
    """
    now = timezone.now()
    unique = {person.pk: person for person in people if person is not None and person.is_active}
    if not unique:
        return
    Notice.objects.bulk_create(
        [
            Notice(
                person_id=pk,
                dedupe_key=news,
                text=text[:400],
                link=link,
                why=why,
                needs_action=needs_action,
                mailed_at=now if needs_action else None,
            )
            for pk in unique
        ],
        ignore_conflicts=True,
    )
    if needs_action:
        queue_mails(unique.values(), news=news, subject=text, lines=[text], link=link, why=why)


def queue_mails(people, *, news: str, subject: str, lines: list[str], link: str, why: str) -> None:
    """Queue one mail per person; a mail with the same news and person is queued once."""
    now = timezone.now()
    body = "\n".join(
        [
            *lines,
            "",
            f"{settings.BASE_URL}{link}",
            "",
            _("Why you get this: %(why)s") % {"why": why},
            _("Change what reaches you by mail: %(url)s") % {"url": f"{settings.BASE_URL}/inbox/"},
        ]
    )
    OutboxMessage.objects.bulk_create(
        [
            OutboxMessage(
                dedupe_key=f"{news}:{person.pk}",
                recipient=person,
                subject=" ".join(subject.split())[:300],
                body=body,
                not_before=now,
            )
            for person in people
        ],
        ignore_conflicts=True,
    )
