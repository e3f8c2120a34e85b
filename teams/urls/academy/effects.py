"""What training changed, and what is asked to know it."""

from django.urls import path

from teams.views.academy import effects, feedback

urlpatterns = [
    path("academy/effects/", effects.index, name="effects"),
    path("academy/effects/studies/new/", effects.new, name="study-new"),
    path("academy/effects/studies/<int:pk>/", effects.study, name="study"),
    path("academy/effects/studies/<int:pk>/rows/", effects.rows, name="study-rows"),
    path("academy/effects/studies/<int:pk>/readings/", effects.readings, name="study-readings"),
    path("academy/effects/returns/removal/", effects.return_removal, name="effects-return-removal"),
    path("academy/effects/returns/<str:code>/", effects.returns, name="effects-returns"),
    path("academy/reactions/<int:pk>/", feedback.reaction, name="stage-reaction"),
    path("academy/enrolments/<int:pk>/check/", feedback.check, name="manager-check"),
    path("academy/packs/", feedback.packs, name="gate-pack-list"),
    path("academy/packs/new/", feedback.pack_new, name="gate-pack-new"),
    path("academy/packs/<int:pk>/", feedback.pack, name="gate-pack"),
]
