"""What can be found of the product's work, kind by kind."""

from ipd.search import products

__all__ = ["products"]
