"""A file that somebody adds, or a link to where one is kept: what is noted, how it is given out."""

import hashlib

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused

# A page of its own for the browser: no script, no form, no access to this site.
SANDBOX = "sandbox; default-src 'none'"


def facts(*, link: str = "", file=None) -> dict:
    """The fields of the row that keeps it. Raises Refused for both or neither, or an empty file."""
    if bool(link) == bool(file):
        raise Refused(_("Give either a file or a link."))
    if link:
        sha256 = hashlib.sha256(link.encode()).hexdigest()
        return {"link": link, "file": "", "file_name": "", "size": 0, "sha256": sha256}
    if not file.size:
        raise Refused(_("The file is empty."))
    return {
        "link": "",
        "file": file,
        "file_name": file.name[:200],
        "size": file.size,
        "sha256": _digest(file),
    }


def _digest(file) -> str:
    """SHA-256 of a file's bytes, in hexadecimal; the file is read in pieces and rewound."""
    file.seek(0)
    total = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return total


def given_out(file, *, name: str) -> FileResponse:
    """A stored file as it was added: saved under `name`, never run by a browser."""
    try:
        opened = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        opened, as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
