"""Predecessor links of a task: kind, lag or lead in its unit; those to other projects are kept."""

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from ipd.mspdi import values
from ipd.mspdi.words import LINKS
from ipd.mspdi.xml import children, keep, text

if TYPE_CHECKING:
    from ipd.mspdi.reading import File


def read(element: Element, row: dict, file: "File", at) -> None:
    """The task's links into the picture; one to a task that is not there is a fault."""
    for link in children(element, "PredecessorLink"):
        uid = at.whole(link, "PredecessorUID", -1)
        if uid not in file.codes:
            if values.yes(text(link, "CrossProject", "0")):
                row["extra"]["rest"].append(keep(link))
                told = {"name": row["name"]}
                file.notes.append(_("%(name)s waits for a task of another project.") % told)
            else:
                shown = text(link, "PredecessorUID")
                at.refuse("PredecessorUID", shown, _("the UID of a task of this file"))
            continue
        if uid == row["uid"]:
            at.refuse("PredecessorUID", str(uid), _("another task than itself"))
            continue
        kind = LINKS[at.whole(link, "Type", 1, 0, 3)]
        key = file.codes[uid], row["code"], kind
        if key in file.picture.links:
            file.notes.append(_("%(name)s names a predecessor twice.") % {"name": row["name"]})
            continue
        file.picture.links[key] = _lag(link, at)


def _lag(link: Element, at) -> tuple[int, str]:
    """Tenths of minutes, or a percentage of the predecessor."""
    lag, form = at.whole(link, "LinkLag", 0), at.whole(link, "LagFormat", 7)
    if form in values.PERCENT:
        return lag, "percent"
    return round(lag / 10), "elapsed" if form in values.ELAPSED else "working"
