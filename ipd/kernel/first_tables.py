"""Migrations' word for the tables an app begins with: all of them made in one step.

Django draws its picture of the models anew after each operation. For a first migration of
hundreds, with nothing to keep, that takes most of the first start's time; so the operations
describe what is there in the end, and each table is made once, whole.
"""

from collections.abc import Sequence

from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation


class FirstTables(Operation):
    """CreateModel, AddField, AddConstraint and AddIndex, and nothing else, as makemigrations
    writes them for a first migration; in the database, one CREATE TABLE each.
    """

    serialization_expand_args = ["operations"]

    def __init__(self, operations: Sequence[Operation]):
        self.operations = operations

    def deconstruct(self):
        return type(self).__qualname__, [self.operations], {}

    def state_forwards(self, app_label, state):
        # Without its rendered models the state takes in each operation without drawing anew.
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in self._models(app_label, schema_editor, to_state):
            schema_editor.create_model(model)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in reversed(self._models(app_label, schema_editor, from_state)):
            schema_editor.delete_model(model)

    def _models(self, app_label, schema_editor, state) -> list:
        """The models in their final form; foreign keys are added once all tables are there."""
        models = [
            state.apps.get_model(app_label, operation.name)
            for operation in self.operations
            if isinstance(operation, CreateModel)
        ]
        alias = schema_editor.connection.alias
        return [model for model in models if self.allow_migrate_model(alias, model)]

    def describe(self):
        return "Make the first tables"
