"""Badges: given once for each contribution that was taken up."""

from datetime import date

from ipd.kernel.days import today
from teams.models import Badge, CommunityPost, ModuleText, Person


def give(
    person: Person,
    *,
    text: ModuleText | None = None,
    lesson: CommunityPost | None = None,
    on: date | None = None,
) -> Badge:
    """One badge for this text or lesson; a second time gives nothing more."""
    earned = {"person": person, "earned_on": on or today()}
    return Badge.objects.get_or_create(text=text, lesson=lesson, defaults=earned)[0]
