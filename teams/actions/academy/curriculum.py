"""The curriculum as files: looked at, brought in all or none, and given out again."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from teams.actions.academy import checks, shelves
from teams.calculations.academy import papers
from teams.calculations.academy.papers import Paper
from teams.models import (
    Competency,
    CurriculumFile,
    CurriculumUpload,
    LearningPath,
    PathElement,
    Person,
)
from teams.models.academy.curriculum import PaperKind
from teams.models.academy.enrolments import OPEN
from teams.models.academy.paths import ElementKind

SHIPPED = Path(__file__).resolve().parents[2] / "curriculum"  # what a new installation begins with
CURRICULUM_LOCK = 7_310_031  # any number, the same for all who bring files in
NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(frozen=True)
class Look:
    """What would happen if these files came in: what becomes of each, and what is wrong."""

    states: Mapping[str, str]
    problems: list[checks.Problem]
    shelf: Mapping[str, Paper] = field(default_factory=dict, repr=False)

    @property
    def changed(self) -> list[Paper]:
        return [self.shelf[path] for path, state in self.states.items() if state != SAME]


def read_folder(folder: Path) -> dict[str, str]:
    """The files of a folder by their place in it; hidden ones and those about it are left out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder).as_posix()
        if path.is_file() and papers.is_content(place):
            found[place] = text(place, path.read_bytes())
    return found


def text(name: str, content: bytes) -> str:
    """What stands in a file; refused where it is not UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        told = {"file": name}
        raise Refused(_("%(file)s is not UTF-8. Save it with this encoding.") % told) from error


def look(files: Mapping[str, str], *, beside: Collection[str] = PaperKind.values) -> Look:
    """Check the files together with those that are here, and say what would change.

    beside  the kinds of present files to check them with; those that a text is about, or all
    """
    kept = CurriculumFile.objects.filter(is_current=True, kind__in=beside)
    present = dict(kept.values_list("path", "source"))
    states = {path: _state(source, present.get(path)) for path, source in sorted(files.items())}
    shelf, problems = {}, []
    for path, source in {**present, **files}.items():
        try:
            shelf[path] = papers.read(path, source)
        except papers.Unreadable as error:
            problems.append(checks.unreadable(path, str(error)))
    coming = {
        path: shelf[path] for path, state in states.items() if path in shelf and state != SAME
    }
    problems += [*_taken_back(coming), *_same_version(coming), *_still_asked(coming)]
    if not problems:
        for path in _renamed(shelf, files):
            del shelf[path]
        problems = list(checks.check(shelf, set(coming)))
    return Look(states, problems, shelf)


def _renamed(shelf: Mapping[str, Paper], files: Mapping[str, str]) -> list[str]:
    """Places that a file leaves, because it comes in under another name."""
    coming = {shelf[path].identity for path in files}
    return [path for path, paper in shelf.items() if path not in files and paper.identity in coming]


def _taken_back(coming: Mapping[str, Paper]) -> Iterator[checks.Problem]:
    """People were rated by the competencies there are: they may be reworded, not removed."""
    paper = coming.get("competencies.toml")
    said = paper.data.get("competencies") if paper else None
    if not isinstance(said, list):
        return
    named = [one.get("code") for one in said if isinstance(one, dict)]
    text = _("Keep this competency, reworded if need be: items and ratings name it.")
    for code in Competency.objects.values_list("code", flat=True):
        if code not in named:
            yield checks.Problem(paper.path, code, text)


def _same_version(coming: Mapping[str, Paper]) -> Iterator[checks.Problem]:
    """People finish a path on the version on which they began: it stays as it was."""
    text = _("This version is here already, and people follow it. Give the change a new version.")
    for paper in papers.by_kind(coming.values(), "path"):
        code, version = (str(paper.data.get(key)) for key in ("code", "version"))
        if LearningPath.objects.filter(code=code, version=version).exists():
            yield checks.Problem(paper.path, "version", text)


def _still_asked(coming: Mapping[str, Paper]) -> Iterator[checks.Problem]:
    """Who walks an earlier version of a path still reads what it asks for."""
    text = _("People still walk %(path)s %(version)s, which asks for it: let them finish first.")
    walked = PathElement.objects.filter(
        kind__in=[ElementKind.MODULE, ElementKind.ASSESSMENT],
        stage__path__is_current=False,
        stage__path__enrolments__state__in=OPEN,
    )
    for paper in papers.by_kind(coming.values(), "module"):
        if paper.is_retired:
            asked = walked.filter(refs__contains=[str(paper.data.get("code"))]).distinct()
            for code, version in asked.values_list("stage__path__code", "stage__path__version"):
                told = {"path": code, "version": version}
                yield checks.Problem(paper.path, "retired", text % told)


def _state(source: str, present: str | None) -> str:
    if present is None:
        return NEW
    return SAME if present == source else CHANGED


@transaction.atomic
def bring_in(files: Mapping[str, str], *, by: Person | None = None) -> Look:
    """The files become the curriculum from now on, all of them or, with a mistake in one, none.

    The same file again changes nothing. What was read, answered or played before keeps pointing
    at the version of its time.
    """
    wait_for_others()
    seen = look(files)
    if seen.problems:
        raise Refused(" ".join(str(problem) for problem in seen.problems))
    changed = seen.changed
    if not changed:
        return seen
    shelves.put(changed, seen.shelf.get("tests.toml"))
    left = CurriculumFile.objects.filter(is_current=True).exclude(path__in=seen.shelf)
    left.update(is_current=False)
    _keep(changed, by)
    if by is not None:
        ledger.record(
            kind="curriculum",
            subject="curriculum",
            body={paper.path: _hash(paper.source) for paper in changed},
            by=by,
        )
    return seen


def load(folder: Path, *, by: Person | None = None) -> Look:
    """Bring in all files of a folder."""
    return bring_in(read_folder(folder), by=by)


def keep_text(paper: Paper, *, by: Person | None) -> None:
    """The file of a text that came into force by approval, as a further version."""
    _keep([paper], by)


def _keep(changed: list[Paper], by: Person | None) -> None:
    """The files themselves, as a further version of each."""
    files = CurriculumFile.objects.filter(path__in=[paper.path for paper in changed])
    numbers = dict(files.order_by().values_list("path").annotate(Max("number")))
    files.filter(is_current=True).update(is_current=False)
    CurriculumFile.objects.bulk_create(
        CurriculumFile(
            path=paper.path,
            number=numbers.get(paper.path, 0) + 1,
            kind=paper.kind,
            title=paper.title,
            source=paper.source,
            sha256=_hash(paper.source),
            brought_by=by,
        )
        for paper in changed
    )


def _hash(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()


def wait_for_others() -> None:
    """Two who bring files in wait for each other, so that each checks what the other brought."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CURRICULUM_LOCK])


@transaction.atomic
def keep_upload(files: Mapping[str, str], *, by: Person) -> CurriculumUpload:
    """Files to be looked at; those that the same person looked at before are forgotten."""
    CurriculumUpload.objects.filter(made_by=by).delete()
    return CurriculumUpload.objects.create(files=dict(files), made_by=by)


@transaction.atomic
def apply_upload(upload: CurriculumUpload, *, by: Person) -> Look:
    """Bring in what was looked at, and forget it."""
    seen = bring_in(upload.files, by=by)
    upload.delete()
    return seen
