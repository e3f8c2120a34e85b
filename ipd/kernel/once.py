"""A form that is sent twice is carried out once and answered alike."""

import uuid
from functools import wraps

from django.db import IntegrityError, transaction
from django.shortcuts import redirect

from ipd.kernel.models import Submission


def once(view):
    """Run a POST view in one transaction, together with the key of the form that asked.

    The view answers success by a redirect, which is kept; any other answer (a form with
    errors) and any exception leave nothing behind, so the key can be used again. Of two
    equal forms at the same moment the second waits for the first and gets its answer.
    """

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key = form_key(request.POST.get("key"))
        try:
            with transaction.atomic():
                row = Submission.objects.create(
                    person=request.user, key=key, path=request.path, answer=""
                )
                response = view(request, *args, **kwargs)
                if 300 <= response.status_code < 400:
                    row.answer = response["Location"]
                    row.save(update_fields=["answer"])
                else:
                    transaction.set_rollback(True)
                return response
        except IntegrityError as error:
            first = Submission.objects.filter(person=request.user, key=key).first()
            if first is None or "a_form_is_answered_once" not in str(error):
                raise
            return redirect(first.answer)

    return wrapper


def form_key(value: str | None) -> uuid.UUID:
    """The key a form carries; a form without a readable one counts as sent once."""
    try:
        return uuid.UUID(value or "")
    except ValueError:
        return uuid.uuid4()
