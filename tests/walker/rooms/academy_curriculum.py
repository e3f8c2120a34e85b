"""The curriculum in the walk: files are for who keeps them, texts for the experienced, communities
for all. The lead of the walk's product is certified, so that they write.
"""

from teams.models import LearningModule, Person
from tests.factories.academy import LearningModuleFactory, ModuleTextFactory
from tests.factories.academy_curriculum import (
    CommunityFactory,
    CommunityMemberFactory,
    CommunityPostFactory,
    CurriculumFileFactory,
    CurriculumUploadFactory,
    DraftFactory,
    LessonFactory,
)
from tests.walker.rows import ACADEMY, ALL, LPDT, NOBODY, act, form, page

MODULE = {"code": "M97"}
WRITES = ACADEMY | LPDT
FILE, POST, LESSON = "curriculum_file", "community_post", "community_lesson"
ANY = {"everywhere": True}

TABLE = {
    "teams:curriculum": page(get=ACADEMY),
    "teams:curriculum-archive": page(get=ACADEMY),
    "teams:curriculum-import": form(None, ACADEMY),
    "teams:curriculum-upload": form("curriculum_upload", ACADEMY, **ANY),
    "teams:curriculum-file": page(FILE, get=ACADEMY, **ANY),
    "teams:curriculum-source": page(FILE, get=ACADEMY, **ANY),
    "teams:module-texts": page(MODULE, get=WRITES, **ANY),
    "teams:module-edit": form(MODULE, WRITES, **ANY),
    "teams:module-review": act(MODULE, ACADEMY, **ANY),
    "teams:module-owner": act(MODULE, ACADEMY, **ANY),
    "teams:module-retirement": act(MODULE, ACADEMY, **ANY),
    "teams:module-reinstatement": act(MODULE, ACADEMY, **ANY),
    "teams:module-items": page(MODULE, get=ACADEMY, **ANY),
    "teams:module-text": page("module_text", get=WRITES, **ANY),
    "teams:module-text-proposal": act("module_text", NOBODY, **ANY),
    "teams:module-text-approval": act("module_text", WRITES, **ANY),
    "teams:module-text-return": act("module_text", WRITES, **ANY),
    "teams:module-text-removal": act("module_text", NOBODY, **ANY),
    "teams:community-list": page(),
    "teams:community-new": page(post=ALL),
    "teams:community": page("community", **ANY),
    "teams:community-edit": form("community", ACADEMY, **ANY),
    "teams:community-membership": act("community", ALL, **ANY),
    "teams:community-steward": act(
        "community", ACADEMY, data={"member": "community_member"}, **ANY
    ),
    "teams:community-post-new": form("community", NOBODY, **ANY),
    "teams:community-post": page(POST, **ANY),
    "teams:community-post-edit": form(POST, NOBODY, **ANY),
    "teams:community-post-answer": act(LESSON, ACADEMY, denied=404, **ANY),
    "teams:community-reply": act(POST, NOBODY, **ANY),
}


def objects(product, *, owner, review) -> dict[str, object]:
    """A module with a text that somebody else proposed; a community of people nobody knows."""
    module = LearningModule.objects.filter(code="M97").first()
    if module is None:
        module = LearningModuleFactory(code="M97")
        ModuleTextFactory(module=module)
    number = module.texts.count() + 1
    community = CommunityFactory()
    return {
        "curriculum_file": CurriculumFileFactory(),
        "curriculum_upload": CurriculumUploadFactory(
            made_by=Person.objects.get(name="Yara Academy")
        ),
        "module_text": DraftFactory(module=module, number=number, state="proposed"),
        "community": community,
        "community_member": CommunityMemberFactory(community=community),
        "community_post": CommunityPostFactory(community=community),
        "community_lesson": LessonFactory(community=community),
    }
