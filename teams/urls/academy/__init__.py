"""The addresses of the academy, room by room."""

urlpatterns = []
