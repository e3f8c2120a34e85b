"""Supply in the walk: parts of a product, its programme's parts, its own page."""

from ipd.models import BomLine, ProductPart
from tests.factories.supply import (
    BoardFactory,
    BomLineFactory,
    ItemFactory,
    PartFactory,
    ProgrammeFactory,
    SourceFactory,
    SupplierFactory,
    SupplyActionFactory,
    TopFactory,
)
from tests.walker.rows import LPDT, act, form, page

TABLE = {
    "ipd:exposures": page(),
    "ipd:supply": page("product"),
    "ipd:supply-statement": act("product", LPDT),
    "ipd:supply-top": form("product", LPDT),
    "ipd:supply-top-removal": act("top", LPDT),
    "ipd:supply-action": form("supply_action", LPDT),
    "ipd:part-list": page(),
    "ipd:part-bulk": act(None, LPDT),
    "ipd:part-export": page(),
    "ipd:part": page("part"),
    "ipd:part-row": page("part", answers=frozenset([302])),
    "ipd:part-edit": form("part", LPDT),
    "ipd:part-source": form("part", LPDT),
    "ipd:part-action": form("part", LPDT),
    "ipd:part-line": form("assembly", LPDT),
    "ipd:part-line-removal": act("bom_line", LPDT),
    "ipd:last-time-buy": page("part", post=LPDT),
    "ipd:supplier-list": page(),
    "ipd:supplier": page("supplier", everywhere=True),
    "ipd:programme-list": page(),
    "ipd:programme": page("programme", everywhere=True),
    "ipd:programme-item": form("programme", LPDT, everywhere=True),
    "ipd:programme-item-step": act("replacement", LPDT),
    "ipd:programme-board-step": act("replacement_board", LPDT),
}


def objects(product, *, owner, review) -> dict[str, object]:
    """A part made for the product, in an assembly of it; what hides the product hides them."""
    part = PartFactory(product=product, entered_tts=2, claimed_ttr=8)
    assembly = PartFactory(product=product, kind="assembly")
    line: BomLine = BomLineFactory(assembly=assembly, part=part)
    top: ProductPart = TopFactory(product=product, part=assembly)
    supplier = SupplierFactory()
    SourceFactory(part=part, supplier=supplier)
    programme = ProgrammeFactory()
    return {
        "part": part,
        "assembly": assembly,
        "bom_line": line,
        "top": top,
        "supplier": supplier,
        "programme": programme,
        "supply_action": SupplyActionFactory(part=part, owner=owner),
        "replacement": ItemFactory(programme=programme, part=part, product=product),
        "replacement_board": BoardFactory(programme=programme, product=product),
    }
