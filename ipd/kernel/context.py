"""What every whole page shows beside its subject."""


def inbox(request):
    """The number of unread notices, which came with the person (`teams.accounts`)."""
    user = getattr(request, "user", None)
    return {"inbox_count": getattr(user, "unread_notices", 0)}
