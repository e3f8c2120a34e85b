"""Names in a project file become people and functions of the company, where they are known."""

from collections import Counter

from ipd.mspdi.picture import Picture, Row
from teams.models import Function, Person


def match(picture: Picture) -> None:
    """Put codes for owners, functions and resources' people; what is not known stays as it is.

    A person is known by code, e-mail address, or a name that only one has.
    """
    people, functions = _people(picture), _functions(picture)
    for row in picture.activities:
        _put(row, "owner", people)
        _put(row, "function", functions)
    for name, row in picture.resources.items():
        said = [row.pop("email", ""), name]
        row["person"] = next((people[s.casefold()] for s in said if s.casefold() in people), "")


def _put(row: Row, field: str, known: dict[str, str]) -> None:
    said = row[field]
    row[field] = known.get(said.casefold(), "")
    if said and not row[field]:
        row["extra"] = row["extra"] | {"said": row["extra"].get("said", {}) | {field: said}}


def _people(picture: Picture) -> dict[str, str]:
    if not picture.resources and not any(row["owner"] for row in picture.activities):
        return {}
    rows = list(Person.objects.order_by("pk").values_list("code", "email", "name"))
    names = Counter(name.casefold() for _code, _email, name in rows)
    known = {name.casefold(): code for code, _e, name in rows if names[name.casefold()] == 1}
    known |= {email.casefold(): code for code, email, _name in rows}
    return known | {code.casefold(): code for code, _email, _name in rows}


def _functions(picture: Picture) -> dict[str, str]:
    if not any(row["function"] for row in picture.activities):
        return {}
    rows = list(Function.objects.values_list("code", "name"))
    return {name.casefold(): code for code, name in rows} | {c.casefold(): c for c, _name in rows}
