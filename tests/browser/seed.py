"""`python -m tests.browser.seed`: a board and three reviews beside the demonstration company."""

import json
import sys

import django


def main() -> None:
    django.setup()
    from datetime import timedelta

    from django.conf import settings
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from gates.models import Presence
    from ipd.actions import plans
    from tests.factories import PASSWORD, company
    from tests.factories.plans import ActivityFactory, LinkFactory, PlanFactory
    from tests.factories.products import ProductFactory

    slow = settings.PASSWORD_HASHERS[0]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", slow]
    house = company.build(school_code="ACADEMY-TEST")
    people = {
        name: getattr(house, name) for name in ("secretary", "chair", "finance", "member", "lpdt")
    }
    for person in people.values():
        person.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
        person.save()
    reviews = {}
    for name, stage in (("journey", "preparing"), ("keyboard", "first_vote"), ("open", "revealed")):
        product = house.product if not reviews else ProductFactory(line=house.line)
        reviews[name] = house.review(product=product, stage=stage)
        # The two who do not appear in the journey sit there all the time.
        for person in (house.member, house.marketing):
            Presence.objects.create(
                review=reviews[name],
                person=person,
                last_seen_at=timezone.now() + timedelta(hours=1),
            )
    # Two ways to a gate: the longer one, by the pilot build, is critical.
    plan = PlanFactory(product=house.product)
    names = [("A1", "Pilot build", 20), ("A2", "Operator beta", 10), ("A3", "Spares", 5)]
    rows = [
        ActivityFactory(plan=plan, code=code, name=name, days=days, owner=house.lpdt)
        for code, name, days in names
    ]
    gate = ActivityFactory(plan=plan, code="A4", name="TR5", gate="TR5", kind="gate", days=0)
    for row in rows[:2]:
        LinkFactory(predecessor=row, successor=gate)
    ActivityFactory.create_batch(120, plan=plan, days=3)
    plans.reschedule(plan)
    json.dump(
        {
            **{name: person.email for name, person in people.items()},
            **{name: review.pk for name, review in reviews.items()},
            "planned": house.product.pk,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
