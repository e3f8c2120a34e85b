"""The curriculum's files, and modules as colleagues write them."""

from django.urls import path

from teams.views.academy import authoring, curriculum, imports, module_care

urlpatterns = [
    path("academy/curriculum/", curriculum.index, name="curriculum"),
    path("academy/curriculum/archive/", curriculum.archive, name="curriculum-archive"),
    path("academy/curriculum/import/", imports.new, name="curriculum-import"),
    path("academy/curriculum/import/<int:pk>/", imports.upload, name="curriculum-upload"),
    path("academy/curriculum/files/<int:pk>/", curriculum.file, name="curriculum-file"),
    path("academy/curriculum/files/<int:pk>/source/", curriculum.source, name="curriculum-source"),
    path("academy/modules/<str:code>/texts/", authoring.texts, name="module-texts"),
    path("academy/modules/<str:code>/edit/", authoring.edit, name="module-edit"),
    path("academy/modules/<str:code>/review/", module_care.review, name="module-review"),
    path("academy/modules/<str:code>/owner/", module_care.owner, name="module-owner"),
    path(
        "academy/modules/<str:code>/retirement/", module_care.retirement, name="module-retirement"
    ),
    path(
        "academy/modules/<str:code>/reinstatement/",
        module_care.reinstatement,
        name="module-reinstatement",
    ),
    path("academy/modules/<str:code>/items/", module_care.items, name="module-items"),
    path("academy/texts/<int:pk>/", authoring.text, name="module-text"),
    path("academy/texts/<int:pk>/proposal/", authoring.proposal, name="module-text-proposal"),
    path("academy/texts/<int:pk>/approval/", authoring.approval, name="module-text-approval"),
    path("academy/texts/<int:pk>/return/", authoring.send_back, name="module-text-return"),
    path("academy/texts/<int:pk>/removal/", authoring.removal, name="module-text-removal"),
]
