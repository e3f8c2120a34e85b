"""Signing asks for the password again, and not endlessly."""

from allauth.core import ratelimit
from django.utils.translation import gettext as _


def password_is_right(request, form) -> bool:
    """Whether the form's password is the signer's; otherwise the form says so.

    The attempts count against the same limit as signing in again anywhere else.
    """
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        form.add_error("password", _("Too many attempts. Wait a minute, then try again."))
        return False
    if not request.user.check_password(form.cleaned_data["password"]):
        form.add_error("password", _("That is not your password."))
        return False
    return True
