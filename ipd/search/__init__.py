"""What can be found of the product's work, kind by kind."""

from ipd.search import parts, products, requirements

__all__ = ["parts", "products", "requirements"]
