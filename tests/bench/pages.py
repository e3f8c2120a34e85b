"""The pages that are measured, as whom, and on what."""

from collections.abc import Iterator

from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from gates.models import Condition, Decision, Review
from ipd.models import Part, Product, Programme
from teams.models import (
    Certificate,
    Cohort,
    Community,
    CommunityPost,
    Enrolment,
    Kpi,
    LearningPath,
    Person,
    Seat,
)

PART = {"HX-Request": "true"}
# Pages of those who vote in the body, and of those who work in the product's team.
ONLY = {"gates:review-vote": "chair", "ipd:change-new": "lead"}
# Rooms of the academy, as a learner and as who runs it.
OF_LEARNERS = [
    "teams:mentoring",
    "teams:assignment-list",
    "teams:rotation-list",
    "teams:development-plan-list",
    "teams:reflection-list",
    "teams:peer-review-list",
    "teams:crisis-list",
    "teams:community-list",
    "teams:checklists",
    "gates:rehearsal-list",
]
OF_ACADEMY = [
    "teams:academy",
    "teams:mentoring",
    "teams:assignment-list",
    "teams:rotation-list",
    "teams:peer-review-list",
    "teams:crisis-assignments",
    "teams:curriculum",
    "teams:effects",
]


def signed_in(person: Person) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def pages() -> Iterator[tuple[str, str, Client, str, dict]]:
    """Name, role, client, address, headers: pages that the role is answered with 200."""
    generated = Review.objects.filter(product__code__startswith="G", body__kind="IPMT")
    decided = generated.filter(stage="decided").values("product")
    room = generated.filter(stage="first_vote", product__in=decided).first()
    seats = Seat.objects.select_related("person")
    chair = seats.get(team=room.body, role__code__in=["CHAIR", "LEADER"]).person
    lead = seats.get(team=room.product.team, role__code="LPDT").person
    product: Product = room.product
    past = product.reviews.filter(stage="decided").last()
    condition = Condition.objects.filter(state="open").first()
    large = Product.objects.get(code="G00040")  # the one with the most requirements
    part = Part.objects.exposed().filter(kind="part", code__startswith="G").first()
    longest = Product.objects.get(code="G00002")  # five thousand activities
    requirement = large.requirements.filter(level="SR").first()
    path = LearningPath.objects.get(code="LPDT-1", is_current=True)
    wanted = [
        ("gates:home", [], "", {}),
        ("gates:calendar", [], "", {}),
        ("gates:health", [], "", {}),
        ("gates:health-line", [product.line.code], "", {}),
        ("gates:health-costs", [], "", {}),
        ("gates:health-criteria", [], "", {}),
        ("teams:kpi-warnings", [], "", {}),
        ("ipd:portfolio", [], "", {}),
        ("ipd:portfolio", [], "?sort=state", {}),
        ("ipd:portfolio", [], "?q=Product+12", PART),
        ("ipd:product", [product.pk], "", {}),
        ("ipd:money", [product.pk], "", {}),
        ("ipd:money-lines", [product.pk], "", {}),
        ("ipd:money-months", [product.pk], "", {}),
        ("ipd:money-orders", [product.pk], "", {}),
        ("ipd:money-company", [], "", {}),
        ("ipd:contract", [product.pk], "", {}),
        ("ipd:change-list", [product.pk], "", {}),
        ("ipd:change-new", [product.pk], "", {}),
        ("ipd:case-list", [product.pk], "", {}),
        ("ipd:case", [product.cases.last().pk], "", {}),
        ("ipd:calculations", [product.pk], "", {}),
        ("ipd:requirement-list", [], "", {}),
        ("ipd:requirement-list", [], "?level=AR&sort=moved", {}),
        ("ipd:requirement-list", [], "?q=cooling+part+12", PART),
        ("ipd:requirements", [large.pk], "", {}),
        ("ipd:requirements", [large.pk], "?level=AR&sort=title", {}),
        ("ipd:requirements", [large.pk], "?level=AR&view=above", {}),
        ("ipd:requirements", [large.pk], "?level=AR&q=restart", PART),
        ("ipd:requirements", [large.pk], "?level=AR&group=owner", {}),
        ("ipd:requirement-trace", [large.pk], "", {}),
        ("ipd:requirement-figures", [large.pk], "", {}),
        ("ipd:requirement-work", [], "", {}),
        ("ipd:requirement-line-figures", [], f"?line={large.line.code}", {}),
        ("ipd:requirement", [requirement.pk], "", {}),
        ("ipd:exposures", [], "", {}),
        ("ipd:exposures", [], "?line=G001&plan=none", {}),
        ("ipd:supply", [product.pk], "", {}),
        ("ipd:part-list", [], "", {}),
        ("ipd:part-list", [], "?sources=single&status=nrnd", {}),
        ("ipd:part-list", [], f"?product={product.code}", {}),
        ("ipd:part-list", [], "?q=part+12", {}),
        ("ipd:part", [part.pk], "", {}),
        ("ipd:supplier-list", [], "?sort=delivery", {}),
        ("ipd:supplier", [part.sources.first().supplier_id], "", {}),
        ("ipd:programme-list", [], "", {}),
        ("ipd:programme", [Programme.objects.get(code="G-RENEW").pk], "", {}),
        ("ipd:plan", [product.pk], "", {}),
        ("ipd:plan", [longest.pk], "", {}),
        ("ipd:plan", [longest.pk], "?from=2401", {}),
        ("ipd:plan", [longest.pk], "?show=critical&table=logic", {}),
        ("ipd:plan-rows", [longest.pk], "?from=2401", PART),
        ("ipd:plan-bar", [longest.pk], "", PART),
        ("ipd:plan-comparison", [longest.pk], "", {}),
        ("ipd:load", [], "", {}),
        ("ipd:load", [], "?by=functions", {}),
        ("ipd:load-work", [], f"?person={lead.pk}", {}),
        ("ipd:simulations", [product.pk], "", {}),
        ("ipd:simulation", [product.plan.simulations.first().pk], "", {}),
        ("ipd:risks", [product.pk], "", {}),
        ("ipd:risk", [product.risks.first().pk], "", {}),
        ("ipd:risk-list", [], "", {}),
        ("ipd:risk-list", [], "?state=all&q=risk+12", {}),
        ("gates:review", [room.pk], "", {}),
        ("gates:review", [past.pk], "", {}),
        ("gates:review-brief", [room.pk], "", {}),
        ("gates:review-room", [room.pk], "", {}),
        ("gates:review-live", [room.pk], "", PART),
        ("gates:review-vote", [room.pk], "", {}),
        ("gates:decision-list", [], "", {}),
        ("gates:decision-list", [], "?q=Product", {}),
        ("gates:decision", [Decision.objects.get(review=past).pk], "", {}),
        ("gates:condition-list", [], "", {}),
        ("gates:condition", [condition.pk], "", {}),
        ("gates:process", [], "", {}),
        ("teams:team-list", [], "", {}),
        ("teams:team", [product.team_id], "", {}),
        ("teams:team", [room.body_id], "", {}),
        ("teams:kpi-board", [], "?all=1", {}),
        ("teams:kpi-line", [product.line.code], "", {}),
        ("teams:kpi-heat", [], "", {}),
        ("teams:kpi-alerts", [], "", {}),
        ("teams:kpi-team", [product.team_id], "", {}),
        ("teams:kpi-trend", [product.team_id, "CSAT"], "", {}),
        ("teams:kpi-group-trend", ["CSAT"], "", {}),
        ("teams:kpi-list", [], "", {}),
        ("teams:kpi", [Kpi.objects.get(code="CSAT").pk], "", {}),
        ("teams:person-list", [], "", {}),
        ("teams:person", [lead.pk], "", {}),
        ("teams:kpi-collect", [], "", {}),
        ("teams:kpi-collect", [], "?group=G001&whose=mine", {}),
        ("teams:kpi-approvals", [], "", {}),
        ("teams:kpi-months", [], "", {}),
        ("teams:kpi-readings", [product.team_id], "", {}),
        ("teams:academy", [], "", {}),
        ("teams:academy-path", [path.pk], "", {}),
        ("kernel:search", [], "?q=product+12", PART),
        ("kernel:inbox", [], "", {}),
    ]
    for role, person in [("chair", chair), ("lead", lead)]:
        client = signed_in(person)
        for name, arguments, query, headers in wanted:
            if ONLY.get(name, role) != role:
                continue
            try:
                address = reverse(name, args=arguments) + query
            except NoReverseMatch:
                continue
            yield name + query, role, client, address, headers
    yield from academy()


def academy() -> Iterator[tuple[str, str, Client, str, dict]]:
    """The academy's pages: for a learner on the path, and for who runs the academy."""
    walking = Enrolment.objects.filter(state="active", person__code__startswith="G")
    learner = walking.select_related("person").order_by("started_on").first()
    cohort = Cohort.objects.get(pk=learner.cohort_id)
    lead = Seat.objects.select_related("person").get(team__kind="ACADEMY", role__code="CHAIR")
    client = signed_in(learner.person)
    for address in (
        reverse("teams:academy"),
        learner.path.get_absolute_url(),
        reverse("teams:module-list"),
        reverse("teams:module", args=["M04"]),
        reverse("teams:assessment", args=["M04"]),
        reverse("teams:mentor-choice", args=[learner.pk]),
        *map(reverse, OF_LEARNERS),
        Community.objects.get(name="Practice 7").get_absolute_url(),
        CommunityPost.objects.filter(community__name="Practice 7").first().get_absolute_url(),
    ):
        yield f"learner {address}", "learner", client, address, {}
    client = signed_in(lead.person)
    for address in (
        reverse("teams:cohort-list"),
        reverse("teams:cohort-waiting"),
        cohort.get_absolute_url(),
        learner.get_absolute_url(),
        reverse("teams:certification"),
        Certificate.objects.filter(number__startswith="LPDT-1-G").first().get_absolute_url(),
        *map(reverse, OF_ACADEMY),
    ):
        yield f"academy {address}", "academy", client, address, {}
