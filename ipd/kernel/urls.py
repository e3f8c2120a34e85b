from django.urls import path

from ipd.kernel.views import inbox, search

app_name = "kernel"
finding = [
    path("search/", search.page, name="search"),
    path("inbox/", inbox.page, name="inbox"),
    path("inbox/read/", inbox.read_all, name="inbox-read"),
    path("inbox/digest/", inbox.digest, name="inbox-digest"),
    path("inbox/<int:pk>/", inbox.read, name="notice-read"),
]
urlpatterns = [*finding]
