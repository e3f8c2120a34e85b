"""INSERT … SELECT for a model: named columns by expression, the others by the model's defaults."""

from dataclasses import dataclass, field

from django.db import connection, models


@dataclass(frozen=True)
class Fill:
    """Rows of `model` from `source` (what follows FROM); `columns` maps fields to SQL."""

    model: type[models.Model]
    source: str
    columns: dict[str, str]
    defaults: dict[str, object] = field(default_factory=dict, init=False)

    def run(self, numbers: dict[str, int]) -> int:
        """How many rows were made; `numbers` are the %(…)s of the expressions."""
        names, expressions, given = [], [], dict(numbers)
        for column in self.model._meta.concrete_fields:
            if column.name in self.columns:
                expressions.append(self.columns[column.name])
            elif column.primary_key or column.generated or self._may_be_null(column):
                continue
            elif getattr(column, "auto_now", False) or getattr(column, "auto_now_add", False):
                expressions.append("now()")
            else:
                given[f"default_{column.name}"] = column.get_db_prep_save(
                    column.get_default(), connection
                )
                expressions.append(f"%(default_{column.name})s")
            names.append(f'"{column.column}"')
        statement = (
            f'INSERT INTO "{self.model._meta.db_table}" ({", ".join(names)}) '  # noqa: S608
            f"SELECT {', '.join(expressions)} FROM {self.source}"
        )
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute(statement, given)
            made = cursor.rowcount
            # The next step joins what this one made.
            cursor.execute(f'ANALYZE "{self.model._meta.db_table}"')
        return made

    @staticmethod
    def _may_be_null(column: models.Field) -> bool:
        return column.null and not column.has_default()
