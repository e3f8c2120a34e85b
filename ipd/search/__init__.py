"""What can be found of the product's work, kind by kind."""

from ipd.search import parts, products, requirements, risks

__all__ = ["parts", "products", "requirements", "risks"]
