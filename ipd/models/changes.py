"""Plan change requests (PCR): what would change of the contract, what it does, who decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ipd.kernel.measures import Unit
from ipd.models.products import OfProductQuerySet


class ChangeClass(models.TextChoices):
    A = "A", _("A: segment, core value or architecture changes")
    B = "B", _("B: a tolerance is exceeded or contracted scope changes")
    C = "C", _("C: inside the tolerances")


class ChangeState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Being assessed")
    ASSESSED = "assessed", _("Ready to decide")
    DECIDED = "decided", _("Decided")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Verdict(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")


class ReasonCode(models.TextChoices):
    MARKET = "market", _("Market")
    STRATEGY = "strategy", _("Strategy")
    BUSINESS_CASE = "business_case", _("Business case")
    TECHNICAL = "technical", _("Technical maturity")
    QUALITY = "quality", _("Quality")
    SUPPLY = "supply", _("Supply")
    RESOURCES = "resources", _("Resources")
    REGULATORY = "regulatory", _("Regulation")
    DEPENDENCY = "dependency", _("Dependency")
    INFORMATION = "information", _("Information was incomplete")


WAITING = (ChangeState.SUBMITTED, ChangeState.ASSESSED)
OPEN = (ChangeState.DRAFT, ChangeState.SUBMITTED, ChangeState.ASSESSED)


class ChangeQuerySet(OfProductQuerySet):
    def open(self):
        return self.filter(state__in=OPEN)


class ChangeRequest(models.Model):
    """One request; its class is computed when it is submitted and kept.

    changes_*   the questions that no figure answers
    needs_gate  decided only by an unplanned gate's decision
    case_*      the business cases before and after
    what_if     the what-if that P50 and P80 after it were taken from; none when they were typed
    contract    the version that an accepted request of class A or B signed
    """

    product = models.ForeignKey("ipd.Product", on_delete=models.PROTECT, related_name="changes")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    trigger = models.TextField()
    reason = models.CharField(max_length=20, choices=ReasonCode)
    changes_segment = models.BooleanField(default=False)
    changes_core_value = models.BooleanField(default=False)
    changes_architecture = models.BooleanField(default=False)
    changes_scope = models.BooleanField(default=False)
    do_nothing = models.TextField(blank=True)
    stopping = models.TextField(blank=True)
    alternatives = models.TextField(blank=True)
    customers = models.TextField(blank=True)
    case_before = models.ForeignKey(
        "ipd.BusinessCase", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    case_after = models.ForeignKey(
        "ipd.BusinessCase", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    p50_before = models.DateField(null=True, blank=True)
    p80_before = models.DateField(null=True, blank=True)
    p50_after = models.DateField(null=True, blank=True)
    p80_after = models.DateField(null=True, blank=True)
    what_if = models.ForeignKey(
        "ipd.Simulation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="changes_requested"
    )
    raised_on = models.DateField()
    state = models.CharField(max_length=10, choices=ChangeState, default=ChangeState.DRAFT)
    change_class = models.CharField(max_length=1, choices=ChangeClass, blank=True)
    needs_gate = models.BooleanField(default=False)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=120, blank=True)
    decision_note = models.TextField(blank=True)
    contract = models.OneToOneField(
        "ipd.Contract", null=True, blank=True, on_delete=models.PROTECT, related_name="change"
    )
    version = models.PositiveIntegerField(default=1)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["product_id", "number"]
        constraints = [
            models.UniqueConstraint(
                name="a_change_request_s_number_stands_once", fields=["product", "number"]
            ),
            models.CheckConstraint(
                name="change_state_is_known", condition=Q(state__in=ChangeState.values)
            ),
            models.CheckConstraint(
                name="a_submitted_change_has_its_class",
                condition=Q(state__in=[ChangeState.DRAFT, ChangeState.WITHDRAWN])
                | Q(change_class__in=ChangeClass.values),
            ),
            models.CheckConstraint(
                name="a_change_is_decided_wholly_or_not_at_all",
                condition=Q(
                    state=ChangeState.DECIDED,
                    verdict__in=Verdict.values,
                    decided_by__isnull=False,
                    decided_on__isnull=False,
                )
                | ~Q(state=ChangeState.DECIDED)
                & Q(verdict="", decided_by=None, decided_on=None, contract=None),
            ),
            models.CheckConstraint(
                name="nobody_decides_their_own_change",
                condition=Q(decided_by=None) | ~Q(decided_by=F("requester")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["product", "number"], name="changes_open", condition=Q(state__in=OPEN)
            )
        ]

    def __str__(self):
        return f"PCR-{self.number}"

    def get_absolute_url(self):
        return reverse("ipd:change", args=[self.pk])

    @property
    def is_open(self):
        return self.state in OPEN


class ChangeElement(models.Model):
    """One promise before and after, as in the contract: unit, date as ordinal."""

    request = models.ForeignKey(ChangeRequest, on_delete=models.CASCADE, related_name="elements")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=150)
    unit = models.CharField(max_length=10, choices=[(unit.value, unit.value) for unit in Unit])
    before = models.DecimalField(max_digits=18, decimal_places=4)
    after = models.DecimalField(max_digits=18, decimal_places=4)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["request_id", "order", "code"]
        constraints = [
            models.UniqueConstraint(
                name="an_element_changes_once_in_a_request", fields=["request", "code"]
            )
        ]

    def __str__(self):
        return self.name


class Opinion(models.TextChoices):
    SUPPORTS = "supports", _("Supports it")
    CONDITIONS = "conditions", _("Supports it with conditions")
    OBJECTS = "objects", _("Objects")


class ChangeAssessment(models.Model):
    """What a function says to a request; asked when it is submitted, answered once or again."""

    request = models.ForeignKey(ChangeRequest, on_delete=models.CASCADE, related_name="assessments")
    function = models.ForeignKey("teams.Function", on_delete=models.PROTECT, related_name="+")
    opinion = models.CharField(max_length=10, choices=Opinion, blank=True)
    effect = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["request_id", "function__code"]
        constraints = [
            models.UniqueConstraint(
                name="a_function_assesses_a_request_once", fields=["request", "function"]
            ),
            models.CheckConstraint(
                name="an_assessment_is_given_wholly_or_not_at_all",
                condition=Q(opinion="", by=None, at=None)
                | Q(opinion__in=Opinion.values, by__isnull=False, at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.request_id} {self.function_id}"
