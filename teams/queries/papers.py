"""Files made of boards and trends: PDF and PNG by typst, SVG as drawn, XLSX with its numbers.

Nothing is read here: what a file says is what the page said to the same reader.
"""

import io
import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst
import xlsxwriter
from django.utils.translation import get_language

from ipd.kernel.charts import on_paper

FONTS = "manimgx_fonts_cjk"
PNG_DENSITY = 144  # pixels an inch: twice a screen's
BOARD = Path(__file__).parents[2] / "templates" / "teams" / "boards" / "board.typ"
ONE_PICTURE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("chart.svg")'


@cache
def _fonts() -> list[str]:
    found = find_spec(FONTS)
    return [str(Path(found.origin).parent)] if found and found.origin else []


def _compiled(files: dict[str, bytes], **options) -> bytes:
    return typst.compile(files, font_paths=_fonts(), ignore_system_fonts=True, **options)


def filled(template: Path, said: dict) -> bytes:
    """A PDF of one sheet of its own: the template reads what is said from data.json."""
    said = {"lang": (get_language() or "en")[:2]} | said
    files = {"main.typ": template.read_bytes(), "data.json": json.dumps(said, default=str).encode()}
    return _compiled(files, format="pdf")


def svg(drawn, *, note: str) -> bytes:
    """A trend's drawing as it stands alone."""
    return on_paper(drawn.figure, title=drawn.title, note=note, legend=drawn.keys).encode()


def png(drawing: bytes) -> bytes:
    files = {"main.typ": ONE_PICTURE, "chart.svg": drawing}
    return _compiled(files, format="png", ppi=PNG_DENSITY)


def pdf(said: dict, *, drawing: bytes | None = None) -> bytes:
    """A board or a trend on A4, tagged; `said` is what its template shows.

    title, sub, note    head and foot
    sections            of tiles, each with its texts
    heads, rows         a table, as a trend has one
    """
    said = {"lang": (get_language() or "en")[:2], "drawing": drawing is not None} | said
    files = {"main.typ": BOARD.read_bytes(), "data.json": json.dumps(said, default=str).encode()}
    if drawing is not None:
        files["chart.svg"] = drawing
    return _compiled(files, format="pdf")


def xlsx(name: str, heads: list[str], rows: list[list]) -> bytes:
    """One sheet; numbers stay numbers, text is never run as a formula."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(name[:31])
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(heads) - 1, 16)
        for place, head in enumerate(heads):
            sheet.write_string(0, place, head, bold)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                if isinstance(value, int | float):
                    sheet.write_number(number, place, value)
                elif value is not None:
                    sheet.write_string(number, place, str(value))
    return data.getvalue()
