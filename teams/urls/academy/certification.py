"""Certificates, and board interviews."""

from django.urls import path

from teams.views.academy import certification, interviews

CERTIFICATE, INTERVIEW = "academy/certificates/<int:pk>", "academy/interviews/<int:pk>/"

urlpatterns = [
    path("academy/certification/", certification.index, name="certification"),
    path(f"{CERTIFICATE}/", certification.page, name="certificate"),
    path(f"{CERTIFICATE}.pdf", certification.file, name="certificate-file"),
    path(f"{CERTIFICATE}/revocation/", certification.revocation, name="certificate-revocation"),
    path(f"{CERTIFICATE}/renewal/", certification.renewal, name="certificate-renewal"),
    path("academy/enrolments/<int:pk>/interview/", interviews.new, name="interview-new"),
    path(INTERVIEW, interviews.page, name="interview"),
    path(f"{INTERVIEW}day/", interviews.move, name="interview-move"),
    path(f"{INTERVIEW}calling-off/", interviews.calling_off, name="interview-calling-off"),
    path(f"{INTERVIEW}rating/", interviews.rating, name="interview-rating"),
    path(f"{INTERVIEW}result/", interviews.result, name="interview-result"),
    path(f"{INTERVIEW}signature/", interviews.signature, name="interview-signature"),
]
