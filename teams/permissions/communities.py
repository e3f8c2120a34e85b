"""Who keeps a community: its stewards, and who edits the curriculum."""

from teams.models import CommunityMember, CommunityPost, Person
from teams.permissions.academy import CURRICULUM


def keeps(member: CommunityMember | None, acts: frozenset[str]) -> bool:
    """Takes lessons up, names stewards, says what the community is about."""
    return CURRICULUM in acts or (member is not None and member.is_steward)


def may_answer(
    person: Person, post: CommunityPost, member: CommunityMember | None, acts: frozenset[str]
) -> bool:
    """A steward answers a lesson, never its author."""
    return post.author_id != person.pk and keeps(member, acts)
