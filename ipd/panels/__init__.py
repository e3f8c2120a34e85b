"""What products show on the pages of packages below."""

from ipd.panels import teams

__all__ = ["teams"]
