"""What a submission adds to what is known of its items."""

from collections.abc import Collection, Mapping, Sequence

from django.db.models import F

from teams.models import ItemStatistic


def add(sheet: Sequence[Mapping], *, met: Collection[str]) -> None:
    """Count each item of the sheet that its person has not `met` before.

    Items are locked in one order, so that submissions at the same moment wait and do not cross.
    """
    new = sorted((line for line in sheet if line["code"] not in met), key=lambda one: one["item"])
    ItemStatistic.objects.bulk_create(
        [ItemStatistic(item_id=line["item"]) for line in new], ignore_conflicts=True
    )
    others = len(sheet) - 1
    right = sum(line["right"] for line in sheet)
    for line in new:
        rest = 100 * (right - line["right"]) / others if others else 0.0
        ItemStatistic.objects.filter(pk=line["item"]).update(
            n=F("n") + 1,
            right=F("right") + int(line["right"]),
            rest=F("rest") + rest,
            rest_squared=F("rest_squared") + rest**2,
            rest_when_right=F("rest_when_right") + (rest if line["right"] else 0.0),
        )
