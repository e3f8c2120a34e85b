"""What files of a curriculum become: modules and texts, pools and items, paths, other content."""

from collections.abc import Iterable

from teams.actions.academy.shelves.contents import put_contents
from teams.actions.academy.shelves.modules import put_modules, put_texts
from teams.actions.academy.shelves.paths import put_competencies, put_path, put_tests
from teams.actions.academy.shelves.pools import put_pools
from teams.calculations.academy.papers import Paper, by_kind


def put(changed: Iterable[Paper], tests: Paper | None) -> None:
    """Carry the changed files into the tables, what others refer to first.

    `tests` is the file of tests as it stands now: a new path takes its tests with it.
    """
    changed = list(changed)
    put_competencies(by_kind(changed, "competencies"))
    put_modules(by_kind(changed, "module"))
    put_texts(by_kind(changed, "variant"))
    put_pools(by_kind(changed, "items"))
    paths = by_kind(changed, "path")
    for paper in paths:
        put_path(paper)
    if tests is not None and (paths or by_kind(changed, "tests")):
        put_tests(tests)
    put_contents(changed)
