"""Modules and their local layers: front matter, headings, and the blocks in the text."""

import re

from django.utils.translation import gettext as _

from teams.actions.academy.checks.blocks import check_blocks
from teams.actions.academy.checks.problems import Pad
from teams.calculations.academy.lessons import parts
from teams.calculations.academy.papers import Paper
from teams.models.academy.modules import CORE_LANGUAGE

MODULE = {
    "code": str,
    "title": str,
    "version": str,
    "language": str,
    "minutes": int,
    "compulsory": bool,
    "review_months": int,
    "competencies": list,
    "prerequisites": list,
    "objectives": list,
    "sections": list,
}
VARIANT = {
    "code": str,
    "language": str,
    "base_version": str,
    "title": str,
    "sections": list,
}
VERSION = re.compile(r"\d+(\.\d+)*")


def check_module(paper: Paper, competencies: set[str], modules: set[str]) -> Pad:
    pad, said = Pad(paper.path), paper.data
    if not pad.keys(said, "", MODULE, {"retired": bool}):
        return pad
    told = {"code": f"M{paper.name[:2]}"}
    text = _("Write %(code)s: the code is M and the two digits of the file's name.")
    pad.expect(said["code"] == told["code"], "code", text % told)
    _version(pad, "version", said["version"])
    told = {"language": CORE_LANGUAGE}
    text = _("The core is written in “%(language)s”; put other languages under variants.")
    pad.expect(said["language"] == CORE_LANGUAGE, "language", text % told)
    pad.expect(1 <= said["minutes"] <= 600, "minutes", _("Give 1 to 600 minutes."))
    text = _("Give 1 to 60 months.")
    pad.expect(1 <= said["review_months"] <= 60, "review_months", text)
    pad.known(said["competencies"], competencies, "competencies", _("competency"))
    pad.known(said["prerequisites"], modules - {said["code"]}, "prerequisites", _("taught module"))
    text = _("Give 3 to 5 objectives.")
    pad.expect(3 <= len(said["objectives"]) <= 5, "objectives", text)
    objectives = pad.tables(said["objectives"], "objectives")
    if all(pad.keys(one, "objectives", {"code": str, "text": str}) for one in objectives):
        pad.once([one["code"] for one in objectives], "objectives")
    sections = pad.tables(said["sections"], "sections")
    shape = {"slug": str, "title": str, "core": bool}
    if all(pad.keys(one, "sections", shape) for one in sections):
        pad.once([one["slug"] for one in sections], "sections")
        _headings(pad, paper, [one["title"] for one in sections])
    check_blocks(pad, paper.body)
    return pad


def check_variant(paper: Paper, core: Paper | None) -> Pad:
    """A layer replaces sections that may differ; a full translation says all of them."""
    pad, said = Pad(paper.path), paper.data
    if not pad.keys(said, "", VARIANT):
        return pad
    folder = paper.path.split("/")[1]
    told = {"folder": folder}
    text = _("Write “%(folder)s”, as the folder says, or move the file.")
    pad.expect(said["language"] == folder, "language", text % told)
    text = _("The core is no layer of itself; change the file under modules.")
    pad.expect(said["language"] != CORE_LANGUAGE, "language", text)
    _version(pad, "base_version", said["base_version"])
    if not pad.expect(core is not None, "code", _("There is no such module; bring it in first.")):
        return pad
    sections = core.tables("sections")
    slugs = [str(one.get("slug")) for one in sections]
    local = [str(one.get("slug")) for one in sections if not one.get("core")]
    told = {"names": ", ".join(local)}
    text = _("Replace local sections only (%(names)s), or translate all sections in their order.")
    named = [str(slug) for slug in said["sections"]]
    pad.expect(named and (set(named) <= {*local} or named == slugs), "sections", text % told)
    pad.once(named, "sections")
    told = {"count": len(named)}
    text = _("Write one heading of the second level for each section named: %(count)s.")
    pad.expect(len(_titles(paper)) == len(named), "sections", text % told)
    check_blocks(pad, paper.body)
    return pad


def _titles(paper: Paper) -> list[str]:
    return [part.title for part in parts(paper.body) if part.title]


def _headings(pad: Pad, paper: Paper, titles: list[str]) -> None:
    found = _titles(paper)
    if found == titles:
        return
    odd = [title for title in titles if title not in found]
    odd += [title for title in found if title not in titles]
    told = {"titles": "; ".join(odd) or "; ".join(found)}
    text = _("Headings and sections have to be the same, in one order. Look at: %(titles)s")
    pad.note("sections", text % told)


def _version(pad: Pad, key: str, value: str) -> None:
    text = _("Write a version as numbers with dots, such as 3.0.")
    pad.expect(VERSION.fullmatch(value), key, text)
