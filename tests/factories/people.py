"""People, functions, teams, and the seats that say what one may do."""

from datetime import date

import factory
from django.db.backends.postgresql.psycopg_any import DateRange
from factory.django import DjangoModelFactory, Password

from teams.models import DecisionRight, Function, Person, Role, Seat, Site, Team

PASSWORD = "open-sesame-42"


class SiteFactory(DjangoModelFactory):
    class Meta:
        model = Site
        django_get_or_create = ["code"]

    code = "MUC"
    name = "Munich"
    country = "DE"
    timezone = "Europe/Berlin"


class FunctionFactory(DjangoModelFactory):
    class Meta:
        model = Function
        django_get_or_create = ["code"]

    code = "RD"
    name = factory.LazyAttribute(lambda self: f"Function {self.code}")


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    code = factory.Sequence("P{:05d}".format)
    name = factory.Sequence("Person {}".format)
    email = factory.LazyAttribute(lambda self: f"{self.code.lower()}@example.org")
    function = factory.SubFactory(FunctionFactory)
    site = factory.SubFactory(SiteFactory)
    password = Password(PASSWORD)


class AdministratorFactory(PersonFactory):
    is_administrator = True


class RoleFactory(DjangoModelFactory):
    class Meta:
        model = Role
        django_get_or_create = ["code"]

    code = "MEMBER"
    name = factory.LazyAttribute(lambda self: self.code.capitalize())


class RightFactory(DjangoModelFactory):
    class Meta:
        model = DecisionRight
        django_get_or_create = ["act", "chain", "seated_in", "role"]

    act = "vote"
    chain = ""
    seated_in = "body"
    role = factory.SubFactory(RoleFactory)


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = Team

    code = factory.Sequence("TEAM-{}".format)
    name = factory.LazyAttribute(lambda self: f"Team {self.code}")
    kind = "PDT"


class SeatFactory(DjangoModelFactory):
    """A seat since 2020 without an end; its function is the role's, or else its person's."""

    class Meta:
        model = Seat

    team = factory.SubFactory(TeamFactory)
    role = factory.SubFactory(RoleFactory)
    person = factory.SubFactory(PersonFactory)
    function = factory.LazyAttribute(
        lambda self: self.role.represents or self.person.function or FunctionFactory()
    )
    allocation_percent = 20
    period = DateRange(date(2020, 1, 1), None)
