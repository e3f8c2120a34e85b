"""How people come in: by an administrator or an import, never by signing up themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import OuterRef

from ipd.kernel.lists import how_many
from ipd.kernel.models import Notice
from teams.models import Person


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False


class SignInBackend(AuthenticationBackend):
    """Fetches the person of a request together with how many notices they have not read.

    Every page shows that number; so it costs no query of its own.
    """

    def get_user(self, user_id):
        unread = Notice.objects.filter(person=OuterRef("pk"), read_at=None)
        people = Person.objects.annotate(unread_notices=how_many(unread, "person"))
        person = people.filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None
