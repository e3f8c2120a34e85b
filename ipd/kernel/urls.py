from django.urls import path

from ipd.kernel.views import imports, inbox, jobs, search

app_name = "kernel"
finding = [
    path("search/", search.page, name="search"),
    path("inbox/", inbox.page, name="inbox"),
    path("inbox/read/", inbox.read_all, name="inbox-read"),
    path("inbox/digest/", inbox.digest, name="inbox-digest"),
    path("inbox/<int:pk>/", inbox.read, name="notice-read"),
]
working = [
    path("jobs/<uuid:pk>/", jobs.page, name="job"),
    path("jobs/<uuid:pk>/live/", jobs.live, name="job-live"),
    path("jobs/<uuid:pk>/cancellation/", jobs.cancel, name="job-cancellation"),
]
administration = [
    path("administration/", imports.administration, name="administration"),
    path("administration/import/", imports.page, name="import"),
    path("administration/import/confirmation/", imports.confirm, name="import-confirmation"),
    path(
        "administration/import/blank/<slug:table>.<slug:ending>/",
        imports.blank,
        name="import-blank",
    ),
]
urlpatterns = [*finding, *working, *administration]
