"""Contracts, change requests, business cases and the four calculations in the walk."""

from tests.factories.contracts import CaseFactory, ChangeFactory, ContractFactory
from tests.factories.people import PersonFactory
from tests.walker.rows import CHAIR, LPDT, PQA, TEAM, act, form, page

TABLE = {
    "ipd:contract": page("product"),
    "ipd:contract-draft": form("product", LPDT),
    "ipd:contract-draft-removal": act("product", LPDT),
    "ipd:contract-reading": form("contract_element", TEAM),
    "ipd:contract-gate": form("product", LPDT | PQA),
    "ipd:contract-version": page("contract"),
    "ipd:change-list": page("product"),
    "ipd:change-new": form("product", TEAM),
    "ipd:change": page("change"),
    # Whose request it is, is the lead's here.
    "ipd:change-edit": form("change", LPDT),
    "ipd:change-submission": act("change", LPDT),
    "ipd:change-withdrawal": act("change", LPDT),
    "ipd:change-assessment": act("waiting_change", TEAM),
    "ipd:change-decision": act("waiting_change", CHAIR),
    "ipd:case-list": page("product"),
    "ipd:case-new": act("product", LPDT),
    "ipd:case": page("case"),
    "ipd:case-edit": form("drafted_case", LPDT),
    "ipd:case-acceptance": act("drafted_case", LPDT),
    "ipd:case-removal": act("drafted_case", LPDT),
    "ipd:calculations": page("product"),
    "ipd:calculations-estimate": form("product", LPDT),
    "ipd:calculations-closing": form("product", LPDT),
}


def objects(product, *, owner, review) -> dict[str, object]:
    """A contract in force and a drafted one, a request of the owner's and one of somebody's."""
    contract = ContractFactory(product=product)
    ContractFactory(product=product, draft=True)
    moves = {"DEFECTS": 1}
    return {
        "contract": contract,
        "contract_element": contract.elements.get(code="DEFECTS"),
        "change": ChangeFactory(product=product, requester=owner, moves=moves),
        "waiting_change": ChangeFactory(
            product=product, requester=PersonFactory(), moves=moves, state="submitted"
        ),
        "case": CaseFactory(product=product),
        "drafted_case": CaseFactory(product=product, state="draft"),
    }
