"""The curriculum: how it stands, its files, and all of it to take away."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from ipd.kernel.access import require
from ipd.kernel.days import today
from teams.models import CurriculumFile
from teams.permissions.academy import acts_in_academy
from teams.permissions.curriculum import sees_curriculum
from teams.queries.academy import content_health, curriculum_files, texts


def allowed(request) -> frozenset[str]:
    """What the reader may do in the academy; 403 for whoever does not keep its content."""
    acts = acts_in_academy(request.user)
    require(sees_curriculum(acts))
    return acts


@require_safe
def index(request):
    """Modules with what should be looked at, and the files by kind."""
    context = {
        "acts": allowed(request),
        "rows": content_health.health(),
        "retired": content_health.retired(),
        "shelves": curriculum_files.shelves(),
    }
    return render(request, "teams/academy/curriculum/index.html", context)


@require_safe
def file(request, pk):
    """One version of a file, what it changed, and its other versions."""
    acts = allowed(request)
    it = get_object_or_404(CurriculumFile.objects.select_related("brought_by"), pk=pk)
    older = texts.before_file(it) if it.number > 1 else ""
    context = {
        "acts": acts,
        "file": it,
        "versions": curriculum_files.versions(it),
        "changes": list(texts.compared(older, it.source)) if older else [],
    }
    return render(request, "teams/academy/curriculum/file.html", context)


@require_safe
def source(request, pk):
    """The file, byte for byte as it came in."""
    allowed(request)
    it = get_object_or_404(CurriculumFile, pk=pk)
    ending = it.path.rpartition(".")[2]
    kind = "text/markdown" if ending == "md" else "application/toml"
    return _download(it.source.encode(), it.path.rpartition("/")[2], f"{kind}; charset=utf-8")


@require_safe
def archive(request):
    """All files of today as a ZIP."""
    allowed(request)
    return _download(curriculum_files.archive(), f"curriculum-{today()}.zip", "application/zip")


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
