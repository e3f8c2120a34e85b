"""What can be found of the product's work, kind by kind."""

from ipd.search import products, requirements

__all__ = ["products", "requirements"]
