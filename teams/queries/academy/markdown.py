"""Markdown as the academy's pages show it: no raw HTML, no pictures, a short list of elements."""

from functools import lru_cache

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

KEPT = 4096  # stretches of text whose rendering is remembered
ELEMENTS = {
    *("p", "br", "hr", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "a"),
    *("h3", "h4", "table", "thead", "tbody", "tr", "th", "td"),
}
INLINE = {"strong", "em", "code"}
ATTRIBUTES = {"a": {"href", "title"}, "td": {"class"}, "th": {"class"}, "ol": {"start"}}
ADDRESSES = {"https", "http", "mailto"}


def _reader() -> MarkdownIt:
    found = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    for cell in ("th_open", "td_open"):
        found.add_render_rule(cell, _cell)
    return found


def _cell(self, tokens, place, options, env) -> str:
    """A column that is aligned to its end holds numbers."""
    token = tokens[place]
    number = "right" in str(token.attrGet("style") or "")
    return f'<{token.tag} class="num">' if number else f"<{token.tag}>"


READER = _reader()


@lru_cache(maxsize=KEPT)
def _cleaned(text: str) -> str:
    return nh3.clean(
        READER.render(text), tags=ELEMENTS, attributes=ATTRIBUTES, url_schemes=ADDRESSES
    )


def prose(text: str) -> SafeString:
    """Paragraphs, lists, quotations and tables; a wide table scrolls by itself."""
    frame = format_html(
        '<div class="scroll" tabindex="0" role="group" aria-label="{}"><table>', _("Table")
    )
    shown = _cleaned(text).replace("<table>", frame).replace("</table>", "</table></div>")
    return mark_safe(shown)  # noqa: S308 -- cleaned by the allow-list


@lru_cache(maxsize=KEPT)
def line(text: str) -> SafeString:
    """One line within another element: emphasis and code, nothing else."""
    return mark_safe(nh3.clean(READER.renderInline(text), tags=INLINE, attributes={}))  # noqa: S308
