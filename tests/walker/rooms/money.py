"""Money in the walk: open products show that it is restricted; who may act also sees it."""

from tests.factories import CommitmentFactory, MovementFactory, WorkPackageFactory
from tests.walker.rows import CHAIR, LPDT, NOBODY, PQA, SECRETARY, VOTERS, act, form, page

GRANTED = VOTERS | SECRETARY | LPDT | PQA

EXPORT = {"pk": "product", "what": "lines", "ending": "csv"}


def child(word):
    return {"product_pk": "product", "pk": word}


TABLE = {
    "ipd:money-company": page(),
    "ipd:money-month-closing": act(None, NOBODY),
    "ipd:money": page("product"),
    "ipd:money-lines": page("product"),
    "ipd:money-months": page("product"),
    "ipd:money-movements": page("product"),
    "ipd:money-movement": page(child("movement"), get=GRANTED, post=LPDT),
    "ipd:money-transfer": form("product", CHAIR),
    "ipd:money-reserve": page("product", post=LPDT | CHAIR),
    "ipd:money-orders": page("product"),
    "ipd:money-order-new": form("product", LPDT | CHAIR),
    "ipd:money-order-closing": act(child("order"), LPDT | CHAIR),
    "ipd:money-costs": page("product"),
    "ipd:money-packages": page("product"),
    "ipd:money-package-new": form("product", LPDT),
    "ipd:money-package-progress": form(child("package"), LPDT),
    "ipd:money-export": page(EXPORT, get=GRANTED),
}


def objects(product, *, owner, review) -> dict[str, object]:
    return {
        "movement": MovementFactory(product=product),
        "order": CommitmentFactory(product=product),
        "package": WorkPackageFactory(product=product),
    }
