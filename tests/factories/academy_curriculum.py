"""Texts that colleagues write and approve, communities, and what was taken up."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from teams.models import (
    Badge,
    Community,
    CommunityMember,
    CommunityPost,
    CurriculumFile,
    CurriculumUpload,
)
from tests.factories.academy import ModuleTextFactory
from tests.factories.people import PersonFactory


class DraftFactory(ModuleTextFactory):
    """A further English text of a module that somebody is writing."""

    number = 2
    language = "en"
    state = "draft"
    version = "4.0"
    author = factory.SubFactory(PersonFactory)
    source = factory.LazyAttribute(
        lambda self: (
            f'+++\ncode = "{self.module.code}"\nlanguage = "{self.language}"\n'
            f'title = "{self.title}"\nversion = "4.0"\nminutes = 60\n+++\n\n## Why\n\nBecause.\n'
        )
    )


class CurriculumFileFactory(DjangoModelFactory):
    class Meta:
        model = CurriculumFile

    path = factory.Sequence("guides/guide-{}.md".format)
    kind = "guide"
    title = factory.LazyAttribute(lambda self: f"Guide {self.path}")
    source = "# A guide\n"
    sha256 = "0" * 64


class CurriculumUploadFactory(DjangoModelFactory):
    class Meta:
        model = CurriculumUpload

    files = factory.LazyFunction(lambda: {"guides/new.md": "# New\n"})
    made_by = factory.SubFactory(PersonFactory)


class CommunityFactory(DjangoModelFactory):
    class Meta:
        model = Community

    name = factory.Sequence("Community {}".format)
    about = "What we practise together."
    started_by = factory.SubFactory(PersonFactory)
    started_on = date(2026, 9, 1)


class CommunityMemberFactory(DjangoModelFactory):
    class Meta:
        model = CommunityMember
        django_get_or_create = ["community", "person"]

    community = factory.SubFactory(CommunityFactory)
    person = factory.SubFactory(PersonFactory)
    joined_on = date(2026, 9, 1)


class CommunityPostFactory(DjangoModelFactory):
    """A note of a member."""

    class Meta:
        model = CommunityPost
        skip_postgeneration_save = True

    community = factory.SubFactory(CommunityFactory)
    author = factory.SubFactory(PersonFactory)
    kind = "note"
    title = factory.Sequence("Post {}".format)
    text = "What happened, and what we learned."

    @factory.post_generation
    def joined(self, create, extracted, **more):
        if create:
            CommunityMemberFactory(community=self.community, person=self.author)


class LessonFactory(CommunityPostFactory):
    """A lesson that waits for a steward."""

    kind = "lesson"
    state = "proposed"


class BadgeFactory(DjangoModelFactory):
    class Meta:
        model = Badge

    person = factory.SubFactory(PersonFactory)
    lesson = factory.SubFactory(
        LessonFactory, state="accepted", author=factory.SelfAttribute("..person")
    )
    earned_on = date(2026, 11, 1)
