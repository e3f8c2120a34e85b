"""What products show on the pages of packages below."""

from ipd.panels import plans, teams

__all__ = ["plans", "teams"]
