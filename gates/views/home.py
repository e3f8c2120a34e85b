"""Home: what needs me, and what happened since last week."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from gates.models.criteria import Assessment
from gates.queries import home, seat_rights
from ipd.kernel.days import today


@require_safe
def page(request):
    """The person's own list; everything in it leads to the place where it is done."""
    person, day = request.user, today()
    rights = seat_rights.of(person)
    found = home.reviews(person, rights)
    reviews = sorted(found, key=lambda review: review.planned_on)
    criteria = home.criteria(person)
    conditions = home.conditions(person)
    lists = {
        "to_decide": [review for review in reviews if home.to_decide(review, rights)],
        "to_vote": [review for review in reviews if home.to_vote(review, rights)],
        "waivers": home.waivers(person, rights),
        "conditions": [c for c in conditions if c.owner_id == person.pk],
        "to_verify": [c for c in conditions if c.owner_id != person.pk],
        "criteria": [c for c in criteria if c.state != Assessment.MET],
        "stale": [c for c in criteria if home.is_stale(c)],
        "questions": home.questions(person, rights),
        "to_prepare": [review for review in reviews if home.to_prepare(review, rights)],
    }
    context = {
        **lists,
        "total": sum(len(rows) for rows in lists.values()),
        "cut": any(len(rows) >= home.MOST for rows in (*lists.values(), reviews)),
        "late_at_least": len(reviews) >= home.MOST,
        "late": [review for review in reviews if review.planned_on < day],
        "coming": [review for review in reviews if review.planned_on >= day][:10],
        "decisions": home.decisions(person),
        "today": day,
    }
    return render(request, "gates/home.html", context)
