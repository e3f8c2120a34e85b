"""A walk over every address: as everybody, on everything, by each method."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.walker.routes import ROUTES
from tests.walker.rows import Row
from tests.walker.table import ACCOUNT, TABLE
from tests.walker.world import ROLES, confidential, foreign, own

# An empty form is refused for what it says (or does its work), never for who sent it.
DONE = {200, 204, 302, 303, 400, 409, 422}
# On what is not their own, a few try at each address; who, changes from one to the next.
TRY = 4
# Where nobody may post, these two try.
SAMPLE = {"chair", "outsider"}
DECLARED = {name: row for name, row in TABLE.items() if name in ROUTES}
NESTED = {n: row for n, row in DECLARED.items() if len(row.arguments()) > 1 and not row.everywhere}
AT_ONCE = 25


def test_every_address_is_declared():
    assert set(ROUTES) - set(TABLE) - ACCOUNT == set()


def test_nothing_is_declared_that_is_not_there():
    assert set(TABLE) - set(ROUTES) == set()


def answer_to(response) -> int:
    """The status; a file that was given out is read, and thereby closed."""
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


def expected(row: Row, world: str, role: str, method: str) -> set[int]:
    """What the table promises."""
    if world == "confidential":
        return {404, 405} if _only(row, method) else {404}
    allowed = row.get if method == "get" else row.post
    if allowed is None:
        # Nothing to do by this method; a page that ignores it answers as it does a GET.
        looking = expected(row, world, role, "get") if row.get is not None else set()
        return {405} | (looking if method == "post" else set())
    if world == "foreign":
        looks = row.foreign_get if row.foreign_get is not None else _strangers(row)
        allowed = looks if method == "get" else row.foreign_post
    if role not in allowed:
        return {403 if role in row.sees else row.denied}
    return set(row.answers) if method == "get" else DONE


def _only(row: Row, method: str) -> bool:
    return (row.get if method == "get" else row.post) is None


def _strangers(row: Row) -> frozenset[str]:
    """What everybody may see of an own product, everybody may see of an open foreign one."""
    return row.get if row.get and "outsider" in row.get else frozenset()


@pytest.fixture
def walkers(house, as_person):
    return {role: as_person(getattr(house, role)) for role in ROLES}


def _stretches():
    """Addresses of one stage, some at a time: what they walk on is built once for them."""
    for stage in sorted({row.stage for row in DECLARED.values()}):
        names = [name for name, row in DECLARED.items() if row.stage == stage]
        for first in range(0, len(names), AT_ONCE):
            yield pytest.param(stage, names[first : first + AT_ONCE], id=f"{stage}-{first}")


@pytest.mark.parametrize(("stage", "names"), list(_stretches()))
def test_every_role_gets_what_the_table_says(stage, names, house, walkers, table_hashes):
    """Each address on three worlds: a GET changes nothing, a POST is undone."""
    worlds = {"own": own(house, stage), "foreign": foreign(stage)}
    worlds["confidential"] = confidential(house, stage)
    wrong, before = [], table_hashes()
    for turn, name in enumerate(names):
        row = DECLARED[name]
        for world in worlds.values():
            if row.everywhere and world.name != "own":
                continue
            who = walkers if world.name == "own" else _some(walkers, turn)
            url = reverse(name, kwargs=world.arguments(row.arguments()))
            with transaction.atomic():
                for role, client in who.items():
                    status = answer_to(client.get(url))
                    if status not in expected(row, world.name, role, "get"):
                        wrong.append(f"GET {name} {world.name} {role}: {status}")
                after = table_hashes()
                moved = {t for t in after if after[t] != before[t]} - row.touches
                if moved:
                    wrong.append(f"GET {name} {world.name} changed {moved}")
                transaction.set_rollback(True)
            data = world.arguments(row.data)
            for role, client in who.items():
                if row.post is None and role not in SAMPLE:
                    continue
                with transaction.atomic():
                    status = answer_to(client.post(url, data))
                    transaction.set_rollback(True)
                if status not in expected(row, world.name, role, "post"):
                    wrong.append(f"POST {name} {world.name} {role}: {status}")
    assert wrong == []


def _some(walkers, turn):
    """Four of them: the next four of the circle at each turn."""
    roles = list(walkers) * 2
    first = turn * TRY % len(walkers)
    return {role: walkers[role] for role in roles[first : first + TRY]}


def test_nobody_in_particular_is_sent_to_the_sign_in(house, settings):
    """Whatever the object: whether it exists is not told, either."""
    wrong = []
    for world in (own(house, "preparing"), confidential(house, "preparing")):
        for name, row in DECLARED.items():
            if not row.signed_in:
                continue
            url = reverse(name, kwargs=world.arguments(row.arguments()))
            for answer in (Client().get(url), Client().post(url)):
                to = answer.headers.get("Location", "")
                if answer.status_code != 302 or not to.startswith(reverse(settings.LOGIN_URL)):
                    wrong.append(f"{url}: {answer.status_code} {to}")
    assert wrong == []


def test_a_child_is_found_only_under_its_own_parent(walkers, house):
    """An id of a foreign product under an own one finds nothing, and says nothing."""
    for stage in sorted({row.stage for row in NESTED.values()}):
        with transaction.atomic():
            here, there = own(house, stage), foreign(stage)
            for name, row in NESTED.items():
                if row.stage == stage:
                    _finds_nothing(name, row.arguments(), here, there, walkers.values())
            transaction.set_rollback(True)


def _finds_nothing(name, arguments, here, there, clients):
    objects = [one for one in arguments if arguments[one] in there.objects]
    # One object and a plain word: there is no parent to mix up.
    for moved in objects if len(objects) > 1 else []:
        mixed = here.arguments(arguments) | there.arguments({moved: arguments[moved]})
        url = reverse(name, kwargs=mixed)
        for client in clients:
            assert client.post(url).status_code in {403, 404, 405}
            assert client.get(url).status_code in {403, 404, 405}


@pytest.mark.parametrize("name", sorted(ACCOUNT & set(ROUTES)))
def test_account_pages_break_for_nobody(name, walkers):
    pattern = ROUTES[name].pattern
    arguments = dict.fromkeys(pattern.converters or {}, "none")
    if getattr(pattern, "regex", None) is not None and pattern.regex.groups:
        arguments = {"uidb36": "1", "key": "none"} if "uidb36" in str(pattern) else {"key": "none"}
    url = reverse(name, kwargs=arguments)
    for client in (Client(), walkers["member"]):
        assert client.get(url).status_code < 500
