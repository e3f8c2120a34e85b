"""The ground every test stands on: a PostgreSQL of its own, strict settings, people by role."""

import os
import shutil

import environ
import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection, models
from django.test import Client, TransactionTestCase
from xdist.scheduler import LoadScopeScheduling

from ipd.config.embedded import database
from tests.factories import company
from tests.ground import Ground

FIND_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
NO_CHROMIUM = "no Chromium was found"
# Folders whose tests share something dear to set up: a whole `up`, the demonstration company.
TOGETHER = ("tests/browser/", "tests/demo/oracles/")
# A module whose tests are dear and share nothing.
APART = "tests/test_walker.py"
# What takes minutes begins first, so that no process works alone at the end.
DEAR = ("tests/browser/", APART, "tests/kills/", "tests/operation/", "tests/demo/")


def chromium() -> str | None:
    """The browser the journeys run in: CHROMIUM, or the one that is installed."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, FIND_CHROMIUM)), None)


# A run as a whole -------------------------------------------------------------------------


class ByModule(LoadScopeScheduling):
    """A module's tests run in one process, and so do all of a folder that shares its ground."""

    def _split_scope(self, nodeid):
        if nodeid.startswith(APART):
            return nodeid
        shared = (folder for folder in TOGETHER if nodeid.startswith(folder))
        return next(shared, None) or super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config, log):
    return ByModule(config, log)


def _turn(item) -> tuple[int, bool]:
    """What is dear goes first, and in a module the kill tests last."""
    found = (number for number, path in enumerate(DEAR) if item.nodeid.startswith(path))
    return next(found, len(DEAR)), item.get_closest_marker("kills") is not None


def pytest_collection_modifyitems(items):
    """What begins first; without a Chromium the browser tests are skipped."""
    items.sort(key=_turn)
    if chromium() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def _without_browser(reporter) -> int:
    """Counted where the summary is written; a worker of a run in parts has no reporter."""
    if reporter is None:
        return 0
    return sum(NO_CHROMIUM in str(report.longrepr) for report in reporter.getreports("skipped"))


def pytest_sessionfinish(session):
    """In CI a skipped browser test is a failure: the image has to bring one."""
    reporter = session.config.pluginmanager.getplugin("terminalreporter")
    if environ.Env().bool("CI", default=False) and _without_browser(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    if count := _without_browser(terminalreporter):
        terminalreporter.write_sep(
            "=",
            f"{count} browser tests did not run: {NO_CHROMIUM} (install it, or set CHROMIUM)",
            yellow=True,
        )


# The database -----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """A temporary PostgreSQL for this run, unless DATABASE_URL names one; started when needed."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    with database() as url:
        given, found = settings.DATABASES["default"], environ.Env.db_url_config(url)
        given.update(found, OPTIONS={**given["OPTIONS"], **found.get("OPTIONS", {})})
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The process file is read once per run; every test finds it in the database.

    What tests with real transactions leave is taken away, from append-only tables, too.
    """
    with django_db_blocker.unblock():
        company.process()
        ground = Ground()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: ground.restore())
        yield ground


@pytest.fixture(scope="session")
def once(django_db_setup):
    """`once(build)`: what it makes of an untouched database; made once, then brought back."""
    return django_db_setup.once


# Settings ---------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _settings(settings, tmp_path):
    """Nothing leaves the test: mail and cache in memory, files in a folder of the test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DATA_DIR = settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "base_url": None},
        },
    }
    cache.clear()


@pytest.fixture
def no_lazy_fetch(monkeypatch):
    """Make any relation that a page forgot to fetch raise FieldFetchBlocked.

    In tests only: in production a forgotten relation costs a query, not an error page.
    """
    monkeypatch.setattr("django.db.models.query.DEFAULT_FETCH_MODE", models.FETCH_RAISE)


# People by role ---------------------------------------------------------------------------


@pytest.fixture
def process(db):
    """The current version of the process."""
    return company.process()


@pytest.fixture
def house(process, once):
    """One product line with its board and panel, one product with its team, everybody seated."""
    return once(company.build)


@pytest.fixture
def secretary(house):
    return house.secretary


@pytest.fixture
def chair(house):
    return house.chair


@pytest.fixture
def member(house):
    return house.member


@pytest.fixture
def finance(house):
    """The board's member for finance, without whom there is no quorum."""
    return house.finance


@pytest.fixture
def lpdt(house):
    return house.lpdt


@pytest.fixture
def core_member(house):
    return house.core_member


@pytest.fixture
def pqa(house):
    return house.pqa


@pytest.fixture
def outsider(house):
    return house.outsider


@pytest.fixture
def administrator(house):
    return house.administrator


@pytest.fixture
def product(house):
    return house.product


@pytest.fixture
def confidential_product(house):
    """Of another line and another team: only its own people may know that it exists."""
    return house.confidential_product


@pytest.fixture
def review(house):
    """Booked, its pack still being prepared."""
    return house.review()


@pytest.fixture
def as_person():
    """A browser in which the person is signed in: as_person(chair).get("/")."""

    def signed_in(person, **options):
        client = Client(**options)
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return signed_in


@pytest.fixture
def table_hashes(db):
    """A function that tells the content of every table, so that a test can say nothing moved."""
    ignored = {"django_session", "usersessions_usersession"}

    def read() -> dict[str, str | None]:
        tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
        each = (
            f"SELECT '{table}', md5(string_agg(r, chr(10) ORDER BY r)) "
            f'FROM (SELECT t::text AS r FROM "{table}" t) AS rows'
            for table in sorted(tables - ignored)
        )
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(each))
            return dict(cursor.fetchall())

    return read


@pytest.fixture(autouse=True)
def _no_doorbell(monkeypatch):
    """A test does a job's work itself (`jobs.run`): no broker is there to be rung."""
    monkeypatch.setattr("ipd.kernel.actions.jobs.RING", [])
