"""Lists over large tables: what a row has is counted where it is shown, an "or" is a union."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Count, Func, QuerySet
from django.db.models.functions import Coalesce


def how_many(rows: QuerySet, by: str) -> Coalesce:
    """For annotate: the number of `rows`, 0 where there are none.

    `rows` are narrowed by OuterRef to those that `by` leads from to the outer row. A Count over
    a join would be made for all outer rows before the first page of them is cut.
    """
    return Coalesce(rows.order_by().values(by).annotate(n=Count("*")).values("n"), 0)


class OneOf(Func):
    """For filter: the id in a column is one of those that the querysets give, as `values` of ids.

    Few ids of many rows. Each queryset uses its own index, where an "or" of conditions on
    several tables reads the largest of them whole; and the ids are known before anything is
    joined, where `pk__in` is one more join that may come last.

        rows.filter(OneOf("pk", own.values("pk"), mentored.values("pk")))
    """

    template, arg_joiner = "(%(expressions)s))", " = ANY("
    output_field = BooleanField()

    def __init__(self, column: str, first: QuerySet, *others: QuerySet):
        found = first.order_by()
        if others:
            found = found.union(*(rows.order_by() for rows in others)).order_by()
        super().__init__(column, ArraySubquery(found))
