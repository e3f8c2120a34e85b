"""What every whole page shows beside its subject."""

from django.utils.functional import SimpleLazyObject

from ipd.kernel.models import Notice


def inbox(request):
    """The number of unread notices, counted only where a template shows it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    unread = Notice.objects.filter(person=user.pk, read_at=None)
    return {"inbox_count": SimpleLazyObject(lambda: unread.count())}
