"""What each room adds to the walk: its addresses (`TABLE`) and its objects (`objects`)."""

from importlib import import_module
from pkgutil import iter_modules


def rooms():
    """The modules of the rooms."""
    return [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
