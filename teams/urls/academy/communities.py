"""Communities of practice."""

from django.urls import path

from teams.views.academy import communities, community_posts

urlpatterns = [
    path("academy/communities/", communities.index, name="community-list"),
    path("academy/communities/new/", communities.new, name="community-new"),
    path("academy/communities/<int:pk>/", communities.page, name="community"),
    path("academy/communities/<int:pk>/edit/", communities.edit, name="community-edit"),
    path(
        "academy/communities/<int:pk>/membership/",
        communities.membership,
        name="community-membership",
    ),
    path("academy/communities/<int:pk>/stewards/", communities.steward, name="community-steward"),
    path("academy/communities/<int:pk>/posts/new/", community_posts.new, name="community-post-new"),
    path("academy/posts/<int:pk>/", community_posts.page, name="community-post"),
    path("academy/posts/<int:pk>/edit/", community_posts.edit, name="community-post-edit"),
    path("academy/posts/<int:pk>/answer/", community_posts.answer, name="community-post-answer"),
    path("academy/posts/<int:pk>/replies/", community_posts.reply, name="community-reply"),
]
