"""The curriculum's files: what is there, its versions, and all of it to take away."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from teams.models import CurriculumFile, LearningModule
from teams.models.academy.curriculum import PaperKind

EPOCH = (2026, 1, 1, 0, 0, 0)  # a ZIP of the same files is the same ZIP


@dataclass(frozen=True)
class Shelf:
    """The files of one kind."""

    kind: PaperKind
    files: list[CurriculumFile]


def shelves() -> list[Shelf]:
    """The files of today by kind; one query."""
    files = CurriculumFile.objects.filter(is_current=True).select_related("brought_by")
    found: dict[str, list] = {kind: [] for kind in PaperKind.values}
    for file in files.defer("source"):
        found[file.kind].append(file)
    return [Shelf(PaperKind(kind), rows) for kind, rows in found.items() if rows]


def versions(file: CurriculumFile) -> list[CurriculumFile]:
    """All that the file has been, the newest first."""
    rows = CurriculumFile.objects.filter(path=file.path).select_related("brought_by")
    return list(rows.defer("source"))


def core_file(module: LearningModule) -> CurriculumFile | None:
    """The file of today that holds the module's core: it has the two digits of its code."""
    files = CurriculumFile.objects.filter(is_current=True, kind=PaperKind.MODULE)
    return files.filter(path__startswith=f"modules/{module.code[1:]}-").first()


def archive() -> bytes:
    """All files of today as a ZIP, in their folders, as they came in."""
    return zipped(
        dict(CurriculumFile.objects.filter(is_current=True).values_list("path", "source"))
    )


def zipped(files: Mapping[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as box:
        for path, source in sorted(files.items()):
            about = zipfile.ZipInfo(path, EPOCH)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o644 << 16
            box.writestr(about, source.encode())
    return data.getvalue()
