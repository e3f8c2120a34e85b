"""A module is read: sections, variants, the place that is kept, and that it counts."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.kernel.access import Refused, Stale
from teams.actions.academy import reading as actions
from teams.models import ElementResult, ReadingPlace
from teams.queries.academy import reading
from tests.factories.academy import EnrolmentFactory, PathElementFactory, PathStageFactory
from tests.factories.academy_reading import ReadingPlaceFactory, pool, text, variant
from tests.races import at_once, by_hands

pytestmark = pytest.mark.django_db
URL = "/academy/modules/M01/"


def here(section="why", version="3.0"):
    return {"section": section, "version": version, "language": "en"}


@pytest.fixture
def core():
    return text()


def element_of(person, kind="MODULE"):
    enrolment = EnrolmentFactory(person=person)
    stage = PathStageFactory(path=enrolment.path)
    return PathElementFactory(stage=stage, kind=kind, refs=["M01"])


# The text -------------------------------------------------------------------------------------


def test_a_module_shows_its_text_and_nothing_that_markdown_may_not(core, outsider, as_person):
    page = as_person(outsider).get(URL)
    assertContains(page, "Because it is <strong>so</strong>.")
    assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt;")
    assertNotContains(page, "<img")
    assertContains(page, 'class="num">3</td>')
    assertContains(page, "7.6")  # the chart, and its table
    assertContains(page, "The figures as a table")


def test_nothing_about_a_right_answer_is_on_the_page(core, outsider, as_person):
    page = as_person(outsider).get(URL).content.decode()
    said = ["SAID-", "ORDER-", "41.7", "FORMULA", "[x]", "> right", "tolerance"]
    assert [word for word in said if word in page] == []
    steps = [page.index(step) for step in ("First step", "Second step", "Third step")]
    assert steps != sorted(steps)


def test_a_module_that_is_not_taught_is_not_there(core, outsider, as_person):
    core.module.retired_on = "2026-11-01"
    core.module.save()
    assert as_person(outsider).get(URL).status_code == 404
    assert as_person(outsider).get("/academy/modules/M99/").status_code == 404


def test_a_text_that_nobody_reviewed_in_time_says_so(core, outsider, as_person, time_machine):
    time_machine.move_to("2027-08-31")
    assertNotContains(as_person(outsider).get(URL), "out of date")
    time_machine.move_to("2027-09-01")
    assertContains(as_person(outsider).get(URL), "out of date")


def test_a_module_is_found_by_its_title_in_any_language(core, outsider, as_person):
    variant(core, "fr", "3.0", here=("Ici", "Ici."))
    client = as_person(outsider)
    for words in ("M01", "module m01 fr"):
        page = client.get(reverse("kernel:search"), {"q": words})
        assertContains(page, f"/academy/modules/{core.module_id}/")
    assert client.get(f"/academy/modules/{core.module_id}/")["Location"] == URL
    core.module.retired_on = "2026-11-01"
    core.module.save()
    assertNotContains(client.get(reverse("kernel:search"), {"q": "M01"}), "/academy/modules/")


# Variants -------------------------------------------------------------------------------------


def test_what_a_variant_lacks_falls_back_along_the_chain(core, outsider):
    variant(core, "fr", "3.0", how=("Comment", "En français."))
    variant(core, "fr-CA", "3.0", here=("Ici", "Au Québec."))
    lesson = reading.lesson(reading.texts_of("M01"), outsider, "fr-CA")
    assert [(s.slug, s.language) for s in lesson.sections] == [
        *(("why", "en"), ("how", "fr"), ("here", "fr-CA")),
    ]
    assert (lesson.title_language, lesson.drifts) == ("fr-CA", [])
    swiss = reading.lesson(reading.texts_of("M01"), outsider, "fr-CH")
    assert [s.language for s in swiss.sections] == ["en", "fr", "en"]
    other = reading.lesson(reading.texts_of("M01"), outsider, "zh-hans")
    assert {s.language for s in other.sections} == {"en"}


def test_a_variant_of_an_older_core_says_so_and_gives_no_core_section(core, outsider, as_person):
    sections = {"how": ("Comment", "En français."), "here": ("Ici", "Au Québec.")}
    variant(core, "fr-CA", "2.0", **sections)
    page = as_person(outsider).get(URL, {"language": "fr-CA"})
    assertContains(page, "The variant fr-CA was made from version 2.0; the core is 3.0.")
    assertContains(page, "Read with care: Ici.")
    assertContains(page, "Au Québec.")
    assertNotContains(page, "En français.")
    assertNotContains(as_person(outsider).get(URL), "was made from version")


def test_a_language_that_is_chosen_is_kept_with_the_place(core, outsider, as_person):
    variant(core, "fr-CA", "3.0", here=("Ici", "Au Québec."))
    client = as_person(outsider)
    client.post(f"{URL}place/", here() | {"language": "fr-CA"})
    assertContains(client.get(URL), "Au Québec.")
    assertNotContains(client.get(URL, {"language": "en"}), "Au Québec.")
    assertNotContains(client.get(URL, {"language": "<bdo>"}), "<bdo>")


# The place ------------------------------------------------------------------------------------


def test_the_place_is_kept_and_shown(core, outsider, as_person):
    client = as_person(outsider)
    answer = client.post(f"{URL}place/", here("how"))
    assert answer["Location"] == f"{URL}#end-how"
    part = client.post(f"{URL}place/", here("why"), headers={"HX-Request": "true"})
    assertContains(part, 'id="end-why"')
    assertContains(part, "hx-swap-oob", count=2)
    assertContains(client.get(URL), 'href="#end-why"')
    assert ReadingPlace.objects.get().reached == ["how", "why"]
    assertContains(client.get(reverse("teams:module-list")), "2 of 3 sections")


def test_a_place_is_a_section_of_the_version_in_force(core, outsider, as_person):
    client = as_person(outsider)
    assert client.post(f"{URL}place/", here("elsewhere")).status_code == 404
    assert client.post(f"{URL}place/", here(version="2.0")).status_code == 409
    with pytest.raises(Stale):
        actions.reach(core, section="why", by=outsider, seen_version="2.0", language="en")


def test_nobody_sees_another_s_place(core, house, as_person):
    ReadingPlaceFactory(person=house.lpdt, module=core.module, section="why", reached=["why"])
    assertNotContains(as_person(house.academy).get(URL), "Go on where you were")
    assertNotContains(as_person(house.academy).get("/academy/modules/"), "sections")


def test_a_module_is_read_once_all_its_sections_were_reached(core, lpdt, as_person):
    element = element_of(lpdt)
    client = as_person(lpdt)
    client.post(f"{URL}place/", here("why"))
    assert ElementResult.objects.get(element=element, ref="M01").state == "started"
    assertContains(client.post(f"{URL}reading/", here("here")), "How", status_code=409)
    client.post(f"{URL}place/", here("how"))
    assert client.post(f"{URL}reading/", here("here")).status_code == 302
    assert ElementResult.objects.get(element=element, ref="").state == "done"
    assertContains(client.get(URL), "Read on")


def test_reading_counts_by_the_version_of_the_core(core, lpdt, as_person):
    client = as_person(lpdt)
    for section in ("why", "how"):
        client.post(f"{URL}place/", here(section))
    client.post(f"{URL}reading/", here("here"))
    core.state = "superseded"
    core.save()
    text(version="4.0", number=2)
    assertNotContains(client.get(URL), "Read on")
    assert ReadingPlace.objects.get().read_at is not None


def test_another_than_the_last_section_is_not_the_end(core, lpdt):
    with pytest.raises(Refused, match="Why"):
        actions.finish(
            core,
            **{"last": "here", "missing": ["why"], "titles": ["Why"]},
            **{"by": lpdt, "seen_version": "3.0", "language": "en"},
        )


@pytest.mark.django_db(transaction=True)
def test_places_that_are_reached_at_one_moment_are_all_kept(process, house):
    core = text()
    slugs = ["why", "how", "here"] * 2

    def come(hand):
        return actions.reach(
            core, section=slugs[hand], by=house.lpdt, seen_version="3.0", language="en"
        )

    at_once(by_hands(come, len(slugs)))
    assert ReadingPlace.objects.get().reached == ["here", "how", "why"]


# Exercises ------------------------------------------------------------------------------------


def tried(client, key, **data):
    url = reverse("teams:exercise", args=["M01", key])
    return client.post(url, data, headers={"HX-Request": "true"})


def shown(page, word):
    """The value of the option with this word."""
    before = page[: page.index(f"<span>{word}</span>")]
    return before[before.rindex('value="') + 7 :].split('"')[0]


def test_an_option_is_answered_with_its_own_feedback_alone(core, outsider, as_person):
    client = as_person(outsider)
    page = client.get(URL).content.decode()
    right = tried(client, "e1", e1=shown(page, "That"))
    assertContains(right, "SAID-OF-THAT")
    assertNotContains(right, "SAID-OF-THIS")
    wrong = tried(client, "e1", e1=shown(page, "This"))
    assertContains(wrong, "Not right yet")
    assertContains(wrong, "SAID-OF-THIS")
    assertNotContains(wrong, "SAID-OF-THAT")


@pytest.mark.parametrize(
    ("answer", "said"),
    [("41,9", "SAID-RIGHT"), ("80.4", "SAID-IF"), ("12", "SAID-WRONG"), ("42.3", "SAID-WRONG")],
)
def test_a_number_is_right_within_its_tolerance(core, outsider, as_person, answer, said):
    assertContains(tried(as_person(outsider), "e2", e2=answer), said)


def test_an_order_is_right_as_a_whole(core, outsider, as_person):
    client = as_person(outsider)
    page = client.get(URL).content.decode()
    steps = sorted(["First step", "Second step", "Third step"], key=page.index)
    places = {"First step": "1", "Second step": "2", "Third step": "3"}
    given = {f"e3-{at}": places[step] for at, step in enumerate(steps)}
    assertContains(tried(client, "e3", **given), "ORDER-RIGHT")
    turned = given | {"e3-0": given["e3-1"], "e3-1": given["e3-0"]}
    assertContains(tried(client, "e3", **turned), "ORDER-WRONG")
    doubled = given | {"e3-0": given["e3-1"]}
    assertContains(tried(client, "e3", **doubled), "a place of its own", status_code=422)


def test_an_answer_that_cannot_be_read_says_how_to_give_one(core, outsider, as_person):
    client = as_person(outsider)
    assertContains(tried(client, "e2", e2="ten"), "as 1234.5", status_code=422)
    assertContains(tried(client, "e1"), "answer first", status_code=422)
    assertContains(tried(client, "e1", e1="7"), "not one of", status_code=422)
    assert tried(client, "e9").status_code == 404


def test_an_exercise_works_without_script_and_keeps_nothing(
    core, outsider, as_person, table_hashes
):
    client, before = as_person(outsider), table_hashes()
    page = client.post(reverse("teams:exercise", args=["M01", "e2"]), {"e2": "80"})
    assertContains(page, "SAID-IF")
    assertContains(page, 'value="80"')
    assertNotContains(page, "SAID-RIGHT")
    assert table_hashes() == before


# What pages cost ------------------------------------------------------------------------------


@pytest.mark.parametrize("modules", [1, 3])
def test_pages_cost_the_same_for_one_module_and_three(
    modules, lpdt, as_person, django_assert_max_num_queries, no_lazy_fetch
):
    for number in range(1, modules + 1):
        made = pool(f"M{number:02d}")
        core = made.module.texts.get()
        for language in ("fr", "fr-CA", "cs")[:modules]:
            variant(core, language, "2.0", here=("Ici", "Ici."))
        ReadingPlaceFactory(person=lpdt, module=made.module, reached=["why"], section="why")
    client = as_person(lpdt)
    with django_assert_max_num_queries(10):
        assert client.get(reverse("teams:module-list")).status_code == 200
    with django_assert_max_num_queries(9):
        assert client.get(URL).status_code == 200


def test_the_shipped_modules_are_read_whole(curriculum, outsider, as_person):
    client = as_person(outsider)
    page = client.get(reverse("teams:module-list"))
    assertContains(page, "/academy/assessments/M12/")
    for number in range(1, 13):
        answer = client.get(f"/academy/modules/M{number:02d}/")
        assertNotContains(answer, ":::")
        assertContains(answer, "I have read this")
        assert answer.content.count(b'class="exercise"') == 3
