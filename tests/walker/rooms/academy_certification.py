"""Certificates, interviews and presenters in the walk: certificates are everybody's to read; an
interview is the learner's, the academy's and three strangers'."""

from tests.factories.academy_certification import (
    BoardInterviewFactory,
    CertificateFactory,
    InterviewAssessorFactory,
    PresenterFactory,
)
from tests.factories.people import PersonFactory
from tests.walker.learners import enrolment_of, mentorship_of
from tests.walker.rows import ACADEMY, CHAIR, LPDT, NOBODY, PQA, SECRETARY, act, form, page

SEEN = LPDT | ACADEMY
ALONE = {"everywhere": True, "denied": 404, "sees": SEEN}

TABLE = {
    "teams:certification": page(),
    "teams:certificate": page("certificate", everywhere=True),
    "teams:certificate-file": page("certificate", everywhere=True),
    "teams:certificate-revocation": act("certificate", ACADEMY, everywhere=True),
    "teams:certificate-renewal": act("certificate", ACADEMY, everywhere=True),
    "teams:interview-new": form(
        "board_path", ACADEMY, everywhere=True, denied=404, sees=LPDT | PQA | CHAIR
    ),
    "teams:interview": page("interview", get=SEEN, everywhere=True, denied=404),
    "teams:interview-move": act("interview", ACADEMY, **ALONE),
    "teams:interview-calling-off": act("interview", ACADEMY, **ALONE),
    "teams:interview-rating": form("interview", NOBODY, **ALONE),
    "teams:interview-result": act("interview", NOBODY, **ALONE),
    "teams:interview-signature": act("interview", NOBODY, **ALONE),
    "gates:review-presenter": form("review", SECRETARY | LPDT),
    "gates:presenter-cosignature": form("presenter", NOBODY),
}


def objects(product, *, owner, review) -> dict[str, object]:
    """The owner's certificate and interview; a review with a mentor whom nobody knows."""
    enrolment = enrolment_of(owner)
    mentorship_of(owner)
    interview = BoardInterviewFactory(enrolment=enrolment)
    InterviewAssessorFactory(interview=interview, is_chair=True)
    return {
        "board_path": enrolment,
        "certificate": CertificateFactory(person=owner),
        "interview": interview,
        "presenter": PresenterFactory(review=review, person=owner, mentor=PersonFactory()),
    }
