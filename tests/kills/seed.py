"""`python -m tests.kills.seed VOTERS`: a board, a review and their sessions, told as JSON."""

import json
import sys
from datetime import timedelta

import django


def main(size: int) -> None:
    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.hashers import make_password
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from tests.factories import PASSWORD, company
    from tests.factories.academy_certification import CertificateFactory
    from tests.factories.products import ProductFactory
    from tests.kills.board import enlarge, enter

    def led(product):
        """Its team has a lead who may present."""
        CertificateFactory(person=company.seated(product.team, "LPDT", "PM"))
        return product

    # Quick to make; the chair alone signs, with a password as the application keeps it.
    slow = settings.PASSWORD_HASHERS[0]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", slow]
    company.process()
    house = company.build()
    house.chair.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
    house.chair.save()
    voters = enlarge(house, size)
    reviews = []
    for stage in ("first_vote", "revealed", "preparing"):
        product = house.product if not reviews else led(ProductFactory(line=house.line))
        review = house.review(product=product, stage=stage)
        enter(review, voters)
        # Everybody stays in the room for as long as the test lasts.
        review.presences.update(last_seen_at=timezone.now() + timedelta(hours=1))
        reviews.append(review)

    def session(person) -> str:
        store = SessionStore()
        store[SESSION_KEY] = str(person.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = person.get_session_auth_hash()
        store.create()
        return store.session_key

    go = reviews[0].gate.chain.outcomes.get(code="GO")
    json.dump(
        {
            "voters": [{"pk": voter.pk, "session": session(voter)} for voter in voters],
            "secretary": session(house.secretary),
            "voting": reviews[0].pk,
            "revealed": {"pk": reviews[1].pk, "version": reviews[1].version},
            "preparing": {"pk": reviews[2].pk, "version": reviews[2].version},
            "go": go.pk,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
