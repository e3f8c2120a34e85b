"""Communities of practice: a lesson is taken up by a steward, and earns a badge."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from ipd.kernel.access import Refused
from ipd.kernel.models import Notice
from ipd.kernel.tables import importing
from ipd.kernel.tables.files import Folder
from teams.actions.academy import communities as actions
from teams.actions.academy import module_reminders
from teams.actions.academy.curriculum import SHIPPED
from teams.models import Badge, Community, CommunityMember, CommunityPost, LearningModule
from teams.queries.academy import communities
from teams.queries.academy.communities import lessons
from tests.factories import PersonFactory
from tests.factories.academy import LearningModuleFactory
from tests.factories.academy_curriculum import (
    BadgeFactory,
    CommunityFactory,
    CommunityMemberFactory,
    CommunityPostFactory,
    LessonFactory,
)

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"teams:{name}", args=args)


@pytest.fixture
def lesson():
    return LessonFactory()


@pytest.fixture
def steward(lesson):
    return CommunityMemberFactory(community=lesson.community, is_steward=True).person


def answered(lesson, by, **more):
    said = {"accepted": True, "remark": "", "seen_row_version": lesson.row_version}
    return actions.answer(lesson, by=by, **(said | more))


def test_a_lesson_that_is_taken_up_earns_one_badge(lesson, steward):
    assert [row[0] for row in lessons(steward)] == [lesson.pk]
    answered(lesson, steward)
    lesson.refresh_from_db()
    assert (lesson.state, Badge.objects.get().person) == ("accepted", lesson.author)
    assert Notice.objects.filter(person=lesson.author, text__contains="took up").exists()
    with pytest.raises(Refused, match="does not wait"):
        answered(lesson, steward)


def test_nobody_takes_up_their_own_lesson(lesson):
    with pytest.raises(Refused, match="their own lesson"):
        answered(lesson, lesson.author)


def test_a_returned_lesson_says_why_and_is_offered_again(lesson, steward):
    with pytest.raises(Refused, match="Say what"):
        answered(lesson, steward, accepted=False)
    lesson = answered(lesson, steward, accepted=False, remark="What did it cost?")
    actions.rewrite(
        lesson, title="So", text="It cost a week.", by=lesson.author, seen_row_version=2
    )
    lesson.refresh_from_db()
    assert (lesson.state, lesson.answered_by) == ("proposed", None)


def test_what_was_taken_up_stays_as_it_is(lesson, steward):
    lesson = answered(lesson, steward)
    with pytest.raises(Refused, match="stays as it is"):
        actions.rewrite(lesson, title="So", text="So", by=lesson.author, seen_row_version=2)


def test_only_members_tell_and_answer(lesson):
    outsider = PersonFactory()
    with pytest.raises(Refused, match="Join"):
        actions.post(lesson.community, kind="note", title="So", text="So", by=outsider)
    actions.join(lesson.community, by=outsider)
    actions.join(lesson.community, by=outsider)
    actions.reply(lesson, text="Well said.", by=outsider)
    assert Notice.objects.filter(person=lesson.author, text__contains="answered").exists()


def test_members_are_listed_page_by_page_and_all_counted(lesson, steward, as_person, monkeypatch):
    for name in ("Bo", "Al", "Cy"):
        person = PersonFactory(name=name)
        CommunityMemberFactory(community=lesson.community, person=person)
    monkeypatch.setattr(communities, "MEMBERS", 2)
    first = communities.members(lesson.community)
    assert [one.person.name for one in first.rows] == [steward.name, "Al"]
    page = as_person(steward).get(url("community", lesson.community.pk))
    count = CommunityMember.objects.filter(community=lesson.community).count()
    assert f'<span class="count">{count}</span>' in page.text
    seen = list(first.rows)
    while first.after:
        assert first.after in page.text or len(seen) > 2
        first = communities.members(lesson.community, after=first.after)
        seen += first.rows
    assert len(set(seen)) == count


def test_a_community_keeps_a_steward_while_it_has_members(lesson, steward):
    with pytest.raises(Refused, match="another steward"):
        actions.leave(lesson.community, by=steward)
    actions.name_steward(CommunityMember.objects.get(person=lesson.author))
    actions.leave(lesson.community, by=steward)
    actions.leave(lesson.community, by=lesson.author)
    assert not CommunityMember.objects.exists()


def test_two_communities_have_two_names():
    by = PersonFactory()
    actions.start(name="Risk", about="It", competency=None, by=by)
    with pytest.raises(Refused, match="of this name"):
        actions.start(name="risk", about="It", competency=None, by=by)


# Pages ------------------------------------------------------------------------------------------


def test_a_community_is_started_joined_and_told_in(house, as_person):
    client = as_person(house.pqa)
    client.post(url("community-new"), {"name": "Risk", "about": "We practise it."})
    community = Community.objects.get()
    other = as_person(house.core_member)
    assert other.get(url("community-post-new", community.pk)).status_code == 403
    other.post(url("community-membership", community.pk))
    told = {"kind": "lesson", "title": "Ask first", "text": "A **bold** <script>x</script>"}
    other.post(url("community-post-new", community.pk), told)
    post = CommunityPost.objects.get()
    assert as_person(house.outsider).get(post.get_absolute_url()).status_code == 404
    assert "Ask first" not in as_person(house.outsider).get(community.get_absolute_url()).text
    page = client.get(post.get_absolute_url()).text
    assert "<strong>bold</strong>" in page
    assert "<script>x" not in page
    client.post(url("community-post-answer", post.pk), {"version": 1, "answer": "accept"})
    assert "Ask first" in as_person(house.outsider).get(post.get_absolute_url()).text
    assert "Ask first" in as_person(house.outsider).get(url("person", house.core_member.pk)).text
    client.post(url("community-reply", post.pk), {"text": "Thank you."})
    assert "Thank you." in other.get(post.get_absolute_url()).text
    member = CommunityMember.objects.get(person=house.core_member)
    client.post(url("community-steward", community.pk), {"member": member.pk})
    client.post(url("community-membership", community.pk))
    assert CommunityMember.objects.get().is_steward


def test_an_author_changes_a_note(house, as_person):
    post = CommunityPostFactory(author=house.pqa)
    client = as_person(house.pqa)
    client.post(
        url("community-post-edit", post.pk), {"version": 1, "title": "Better", "text": "So."}
    )
    post.refresh_from_db()
    assert (post.title, post.state) == ("Better", "open")


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same(house, as_person, count, django_assert_max_num_queries):
    community = CommunityFactory()
    for _number in range(count):
        CommunityFactory()
        CommunityPostFactory(community=community)
        BadgeFactory(person=house.pqa)
    client = as_person(house.pqa)
    with django_assert_max_num_queries(8):
        client.get(url("community-list"))
    with django_assert_max_num_queries(8):
        client.get(community.get_absolute_url())
    with django_assert_max_num_queries(9):
        client.get(CommunityPost.objects.first().get_absolute_url())


# Files, the clock and the command ----------------------------------------------------------------


POSTS = "community,title,kind,author,text,told_on,state,answered_by,answered_on"


def bring(tables):
    return importing.run(Folder({f"{name}.csv": text.encode() for name, text in tables.items()}))


def test_communities_come_in_as_tables():
    one, other = PersonFactory(code="A1"), PersonFactory(code="A2")
    report = bring(
        {
            "communities": "name,about,started_by,started_on\nRisk,It,A1,2026-01-05\n",
            "community_members": "community,person,joined_on,is_steward\nRisk,A1,2026-01-05,yes\n",
            "community_posts": f"{POSTS}\n"
            "Risk,Ask,lesson,A2,So.,2026-02-02,accepted,A1,2026-02-05\n",
        }
    )
    assert not report.problems, list(map(str, report.problems))
    assert (Badge.objects.get().person, Badge.objects.get().earned_on) == (other, date(2026, 2, 5))
    assert CommunityMember.objects.get().person == one
    assert CommunityPost.objects.get().made_at.date() == date(2026, 2, 2)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("note,A1,So.,2026-02-02,accepted,,", "open for a note"),
        ("lesson,A1,So.,2026-02-02,accepted,A1,", "somebody else"),
        ("lesson,A1,So.,2026-02-02,accepted,A2,2026-02-01", "not before told_on"),
    ],
)
def test_a_post_that_cannot_be_is_refused(row, said):
    CommunityFactory(name="Risk", started_by=PersonFactory(code="A1"))
    PersonFactory(code="A2")
    report = bring({"community_posts": f"{POSTS}\nRisk,Ask,{row}\n"})
    assert said in " ".join(map(str, report.problems))


def test_owners_come_in_for_modules_that_are_there():
    module, person = LearningModuleFactory(code="M01"), PersonFactory(code="A1")
    assert not bring({"modules": "code,owner,reviewed_on\nM01,A1,2026-03-01\n"}).problems
    module.refresh_from_db()
    assert (module.owner, module.reviewed_on) == (person, date(2026, 3, 1))
    assert bring({"modules": "code,owner,reviewed_on\nM02,A1,2026-03-01\n"}).problems


def test_owners_are_reminded_once_before_and_once_on_the_day(house):
    owned = LearningModuleFactory(owner=PersonFactory(), reviewed_on=date(2025, 12, 10))
    LearningModuleFactory(reviewed_on=date(2025, 12, 10))
    LearningModuleFactory(reviewed_on=date(2026, 6, 1))
    assert module_reminders.remind(date(2026, 11, 9)) == 0
    assert module_reminders.remind(date(2026, 11, 22)) == 2
    assert module_reminders.remind(date(2026, 11, 23)) == 2
    assert Notice.objects.get(person=owned.owner).needs_action is False
    assert Notice.objects.get(person=house.academy).why == "You edit the curriculum."
    module_reminders.remind(date(2026, 12, 10))
    assert Notice.objects.filter(person=owned.owner, needs_action=True).count() == 1


def said(*command):
    out = io.StringIO()
    call_command("academy", *command, stdout=out, stderr=out)
    return out.getvalue()


def test_the_command_checks_brings_in_and_writes_out(tmp_path):
    assert "No mistakes" in said("check", SHIPPED)
    assert not LearningModule.objects.exists()
    assert "Brought in." in said("import", SHIPPED)
    said("export", tmp_path)
    for path in SHIPPED.rglob("*.toml"):
        assert (tmp_path / path.relative_to(SHIPPED)).read_bytes() == path.read_bytes()
    (tmp_path / "tests.toml").write_text("tests = 1")
    with pytest.raises(CommandError, match="1 mistakes; nothing was brought in"):
        said("import", tmp_path)
    with pytest.raises(CommandError, match="There is no folder"):
        said("check", tmp_path / "absent")
