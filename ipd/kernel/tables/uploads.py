"""Uploaded files from their preview until they are in: kept by the hash of their bytes."""

import io
import zipfile
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from ipd.kernel.access import Stale
from ipd.kernel.tables.files import Folder

PLACE = "imports"
KEPT_FOR = timedelta(hours=12)


def _path(hash_of_files: str) -> str:
    return f"{PLACE}/{hash_of_files}.zip"


def keep(folder: Folder) -> str:
    """Put the files aside, and drop those whose confirmation never came."""
    _drop_old()
    path = _path(folder.hash)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, data in folder.files.items():
            parts.writestr(name, data)
    default_storage.delete(path)
    default_storage.save(path, ContentFile(packed.getvalue()))
    return folder.hash


def take(hash_of_files: str) -> Folder:
    """The files that were shown; refuses when they are not there any more."""
    try:
        with default_storage.open(_path(hash_of_files)) as kept, zipfile.ZipFile(kept) as parts:
            folder = Folder({name: parts.read(name) for name in parts.namelist()})
    except OSError as error:
        raise Stale(_("The uploaded files are gone: choose them again.")) from error
    if folder.hash != hash_of_files:
        raise Stale(_("The uploaded files are not those that were shown: choose them again."))
    return folder


def is_kept(hash_of_files: str) -> bool:
    return default_storage.exists(_path(hash_of_files))


def drop(hash_of_files: str) -> None:
    default_storage.delete(_path(hash_of_files))


def _drop_old() -> None:
    if not default_storage.exists(PLACE):
        return
    _folders, names = default_storage.listdir(PLACE)
    oldest = timezone.now() - KEPT_FOR
    for name in names:
        path = f"{PLACE}/{name}"
        if default_storage.get_modified_time(path) < oldest:
            default_storage.delete(path)
