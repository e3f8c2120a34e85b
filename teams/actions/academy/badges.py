"""Badges: given once for each contribution that was taken up."""

from ipd.kernel.days import today
from teams.models import Badge, CommunityPost, ModuleText, Person


def give(
    person: Person, *, text: ModuleText | None = None, lesson: CommunityPost | None = None
) -> Badge:
    """One badge for this text or lesson; a second time gives nothing more."""
    return Badge.objects.get_or_create(
        text=text, lesson=lesson, defaults={"person": person, "earned_on": today()}
    )[0]
