"""The gates as a file for calendar programs (RFC 5545): whole days, no amounts, no outcomes."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from gates.models import Review
from ipd.kernel.days import today
from teams.models import Person

BACK = timedelta(days=60)
MOST = 500
WIDTH = 75  # octets of a line


def reviews_for(person: Person) -> list[Review]:
    """Open reviews that the person may see, from two months ago on; confidential products stay
    inside the house, and so do rehearsals."""
    rows = Review.objects.visible_to(person).real().open()
    rows = rows.filter(planned_on__gte=today() - BACK, product__is_confidential=False)
    return list(rows.select_related("product", "body").order_by("planned_on", "pk")[:MOST])


def feed(person: Person) -> str:
    """The person's calendar; one query."""
    return "".join(f"{line}\r\n" for line in _folded(_lines(reviews_for(person))))


def _lines(reviews: Iterable[Review]) -> Iterator[str]:
    host = urlsplit(settings.BASE_URL).hostname or "gatehouse"
    stamp = _moment(timezone.now())
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Gatehouse//Gates//EN")
    yield f"X-WR-CALNAME:{_text(_('Gates'))}"
    for review in reviews:
        name = f"{review.product.code} {review.product.name}: {review.label}"
        yield "BEGIN:VEVENT"
        yield f"UID:review-{review.pk}@{host}"
        yield f"DTSTAMP:{stamp}"
        yield f"SEQUENCE:{review.version}"
        yield f"DTSTART;VALUE=DATE:{review.planned_on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{review.planned_on + timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{_text(name)}"
        yield f"LOCATION:{_text(review.body.name)}"
        yield f"URL:{settings.BASE_URL}{review.get_absolute_url()}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    r"""Escaped as the format asks.

    >>> _text("a, b; c")
    'a\\, b\\; c'
    """
    for sign in "\\;,":
        value = value.replace(sign, f"\\{sign}")
    return " ".join(value.splitlines())


def _folded(lines: Iterable[str]) -> Iterator[str]:
    """Lines of at most 75 octets; what follows a fold begins with a space, no letter is cut."""
    for line in lines:
        part = ""
        for letter in line:
            if len((part + letter).encode()) > WIDTH:
                yield part
                part = " "
            part += letter
        yield part
