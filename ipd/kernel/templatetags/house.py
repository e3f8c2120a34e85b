"""The words of the interface that templates would otherwise spell out: shapes, chips, days, people.

Every tag escapes what it is given and makes no query, so that it may stand in the row of a
long table. Colour is never the only carrier: a tone always comes with its shape and a word.
"""

from datetime import UTC, datetime
from datetime import date as Day

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ipd.kernel import figures
from ipd.kernel import ribbon as ribbons

register = template.Library()

TONES = {"on", "risk", "off", "info", "none", "redirect", "waived", "stale"}
ALIASES = {
    "met": "on",
    "partly": "risk",
    "not_met": "off",
    "no_data": "none",
    "decided": "on",
    "open": "info",
    "late": "off",
    "future": "none",
    "skipped": "waived",
}
NOTHING = mark_safe("–")


def tone_of(word) -> str:
    """The tone a word stands for; a word nobody has drawn a shape for counts as no data."""
    word = str(word or "none")
    word = ALIASES.get(word, word)
    return word if word in TONES else "none"


@register.simple_tag
def shape(tone, label=""):
    """The shape of a tone; with a label it speaks for itself, without one it is decoration."""
    tone = tone_of(tone)
    if label:
        return format_html(
            '<svg class="shape" data-tone="{}" role="img" aria-label="{}"><title>{}</title>'
            '<use href="#sh-{}"/></svg>',
            tone,
            label,
            label,
            tone,
        )
    return format_html(
        '<svg class="shape" data-tone="{}" aria-hidden="true"><use href="#sh-{}"/></svg>',
        tone,
        tone,
    )


@register.simple_tag
def status_chip(tone, label):
    """Shape, word and tint of a state."""
    tone = tone_of(tone)
    return format_html(
        '<span class="chip" data-tone="{}">{}<span>{}</span></span>', tone, shape(tone), label
    )


@register.simple_tag
def marking(product):
    """What stands over every page about a confidential product; nothing about any other."""
    if not getattr(product, "is_confidential", False):
        return ""
    return format_html("{} · {}", _("Confidential"), product.code)


@register.simple_tag
def icon(name):
    """A line icon; it never stands alone without a word a screen reader can find."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="#ic-{}"/></svg>', name)


def _as_day(value):
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.simple_tag
def day(value):
    """A day as 2026-12-03, its weekday on hover; a dash when there is none."""
    value = _as_day(value)
    if not isinstance(value, Day):
        return NOTHING
    iso = value.isoformat()
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', iso, date_format(value, "l"), iso
    )


@register.simple_tag
def moment(value):
    """A moment in the reader's zone, the zone beside it; UTC on hover."""
    if not isinstance(value, datetime):
        return NOTHING
    if timezone.is_naive(value):
        value = timezone.make_aware(value)
    here = timezone.localtime(value)
    return format_html(
        '<time datetime="{}" title="{} UTC">{} {}</time>',
        value.isoformat(timespec="seconds"),
        f"{value.astimezone(UTC):%Y-%m-%d %H:%M}",
        f"{here:%Y-%m-%d %H:%M}",
        here.tzname() or "",
    )


@register.simple_tag
def age(value, stale_after=None):
    """How long ago in days ("12 d", "in 5 d"); a clock is added beyond `stale_after` days."""
    value = _as_day(value)
    if not isinstance(value, Day):
        return NOTHING
    days = (timezone.localdate() - value).days
    words = _("%(days)d d") if days >= 0 else _("in %(days)d d")
    old = stale_after is not None and days > int(stale_after)
    return format_html(
        '<time datetime="{}" title="{}">{}{}</time>',
        value.isoformat(),
        value.isoformat(),
        format_html("{} ", shape("stale", _("Stale"))) if old else "",
        words % {"days": abs(days)},
    )


@register.simple_tag
def figure(measure, reading, granted=False):
    """What a measure read, in its unit; money only for a reader who is granted it."""
    return figures.shown(measure, reading, granted=granted)


def initials(name: str) -> str:
    """Two letters for a disc: first and last word, or the last two signs of a Chinese name."""
    name = name.strip()
    if not name:
        return "?"
    if "\u2e80" <= name[0] <= "\u9fff" or "\uac00" <= name[0] <= "\ud7af":
        return name[-2:]
    words = name.split()
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


@register.simple_tag
def avatar(person, name=False):
    """A person as a disc of initials, on neutral; with `name=True` the name stands beside it."""
    if person is None:
        return NOTHING
    words = str(getattr(person, "name", "") or person)
    if name:
        return format_html(
            '<span class="person"><span class="avatar" aria-hidden="true">{}</span>'
            "<bdi>{}</bdi></span>",
            initials(words),
            words,
        )
    return format_html(
        '<span class="avatar" role="img" aria-label="{}" title="{}">{}</span>',
        words,
        words,
        initials(words),
    )


@register.simple_tag
def meter(value, maximum, label="", tone=""):
    """A bar for `value` of `maximum`, both said in figures beside it."""
    value, maximum = value or 0, maximum or 0
    width = 0 if maximum <= 0 else max(0, min(100, round(100 * float(value) / float(maximum), 1)))
    words = label or f"{value}/{maximum}"
    return format_html(
        '<span class="meter" data-tone="{}"><svg viewBox="0 0 100 6" preserveAspectRatio="none" '
        'aria-hidden="true"><rect width="{}" height="6"/></svg>'
        '<span class="meter__label">{}</span></span>',
        tone_of(tone) if tone else "",
        width,
        words,
    )


@register.simple_tag(takes_context=True)
def nav_link(context, name, label, icon_name, also="", key="", count=0):
    """A link of the rail, marked when the page belongs to it; nothing while the page is missing.

    `also` lists beginnings of other view names (by spaces) that belong under the same heading.
    A page that belongs elsewhere than its address says so by `marked_as`, another view name.
    """
    try:
        url = reverse(name)
    except NoReverseMatch:
        return ""
    match = getattr(context.get("request"), "resolver_match", None)
    here = context.get("marked_as") or getattr(match, "view_name", "") or ""
    current = here == name or any(here.startswith(start) for start in also.split())
    return format_html(
        '<a href="{}"{}{}>{}<span>{}</span>{}</a>',
        url,
        mark_safe(' aria-current="page"') if current else "",
        format_html(' data-key="{}"', key) if key else "",
        icon(icon_name),
        label,
        format_html(
            ' <span class="count count--due">{}<span class="visually-hidden"> {}</span></span>',
            count,
            ngettext("waits for you", "wait for you", count),
        )
        if count
        else "",
    )


@register.simple_tag(takes_context=True)
def tab_link(context, name, pk, label, also=""):
    """A tab of one object's pages, marked like a link of the rail; nothing without that page.

    A blank `pk` is for pages that take none.
    """
    try:
        url = reverse(name, args=[] if pk == "" else [pk])
    except NoReverseMatch:
        return ""
    match = getattr(context.get("request"), "resolver_match", None)
    here = getattr(match, "view_name", "") or ""
    current = here == name or any(here.startswith(start) for start in also.split())
    mark = mark_safe(' aria-current="page"') if current else ""
    return format_html('<a href="{}"{}>{}</a>', url, mark, label)


@register.simple_tag
def phase_ribbon(ribbon, today=None):
    """The way through the gates, for a row: filled decided, half open, hollow ahead."""
    return ribbons.row(ribbon, today)


@register.simple_tag
def phase_track(ribbon):
    """The same way with names and dates, for the head of a page."""
    return ribbons.track(ribbon)
