"""The kernel's own long work."""

from ipd.kernel.works import imports

__all__ = ["imports"]
