"""HTML of what the chat draws. Every text from a document, a question or an answer is escaped here and nowhere trusted.

Colours are mixed from the text colour, so that light and dark themes both have enough contrast; a tone only ever repeats a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from app.grid import Cell, Grid
from app.view import Excerpt, View

STYLE = """<style>
.ps p { margin: 0 0 .5rem; }
.ps-label { font-weight: 600; border-left: .3rem solid currentColor; padding-left: .6rem; }
.ps h2.ps-headline { font-size: 1.25rem; line-height: 1.4; font-weight: 600; margin: 0 0 .5rem; padding: 0; }
.ps h3 { font-size: 1.05rem; margin: .5rem 0 .25rem; padding: 0; }
.ps-small { font-size: .9rem; }
.ps ul { margin: 0 0 .5rem; padding-left: 1.2rem; }
.ps-question { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
.ps-frame { container-type: inline-size; }
.ps-scroll { overflow: auto; max-height: 34rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .4rem; }
.ps table { border-collapse: collapse; width: 100%; margin: 0; font-size: .92rem; line-height: 1.35; }
.ps caption { caption-side: top; text-align: left; padding: .5rem .7rem; font-weight: 600; }
.ps th, .ps td { border: 0; border-top: 1px solid color-mix(in srgb, currentColor 15%, transparent); padding: .45rem .7rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
.ps tbody th { font-weight: 500; min-width: 14rem; }
.ps td { min-width: 4.5rem; }
.ps thead th { font-weight: 600; background: color-mix(in srgb, currentColor 8%, transparent); }
.ps-detail { display: block; font-size: .85rem; opacity: .85; }
.ps-tone::before { content: ""; display: inline-block; width: .7rem; height: .7rem; margin-right: .4rem; border: 1px solid currentColor; }
.ps-missed::before { clip-path: polygon(0 0, 100% 0, 50% 100%); background: #c62828; border: 0; }
.ps-met::before { border-radius: 50%; background: #2e7d32; border: 0; }
.ps-R::before { background: #d50000; } .ps-A::before { background: #ffb300; } .ps-G::before { background: #2e9e44; } .ps-B::before { background: #1e6fd9; }
.ps blockquote { margin: .25rem 0 .25rem; padding: .1rem 0 .1rem .8rem; border-left: .2rem solid color-mix(in srgb, currentColor 40%, transparent);
  overflow-wrap: anywhere; }
.ps-source { scroll-margin-top: 4rem; }
.ps-document { border-top: 1px solid color-mix(in srgb, currentColor 15%, transparent); padding: .4rem 0; }
@container (max-width: 40rem) {
  .ps-scroll { max-height: none; border: 0; }
  .ps table, .ps caption, .ps tbody, .ps tr, .ps tbody th, .ps td { display: block; }
  .ps thead { position: absolute; clip-path: inset(50%); height: 1px; overflow: hidden; }
  .ps caption { padding: 0 0 .4rem; }
  .ps tr { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .4rem; margin-bottom: .6rem; padding: .3rem .6rem; }
  .ps th, .ps td { border: 0; padding: .15rem 0; }
  .ps td:empty { display: none; }
  .ps td::before { content: attr(data-label) ": "; font-weight: 600; }
}
</style>"""


def question_html(question: str) -> str:
    """What was asked, letter by letter."""
    return f'<p class="ps-question">{escape(question)}</p>'


def lead_html(shown: View) -> str:
    """Label, headline, how the question was understood, and the paragraphs of the answer."""
    label = f'<p class="ps-label">{escape(shown.label)}</p>' if shown.label else ""
    meant = f'<p class="ps-small"><strong>Understood as:</strong> {escape(shown.understood)}</p>' if shown.understood else ""
    body = "".join(f"<p>{escape(line)}</p>" for line in shown.body)
    return f'<div class="ps">{label}<h2 class="ps-headline">{escape(shown.headline)}</h2>{meant}{body}</div>'


def table_html(grid: Grid, turn: int) -> str:
    """The table, scrolling in its own frame; on a narrow screen each row becomes a card. Sources link to the excerpts of the turn."""
    head = "".join(f'<th scope="col" role="columnheader">{escape(header)}</th>' for header in grid.headers)
    rows = "".join(_row(row, grid.headers, turn) for row in grid.rows)
    table = (
        f'<table role="table"><caption>{escape(grid.caption)}</caption><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )
    frame = f'<div class="ps-scroll" role="region" tabindex="0" aria-label="{escape(grid.caption)}">{table}</div>'
    return f'<div class="ps ps-frame">{frame}</div>'


def remarks_html(shown: View) -> str:
    """Coverage line, notes and conflicts; empty where there are none."""
    parts = [f'<p class="ps-small">{escape(shown.coverage)}</p>'] if shown.coverage else []
    parts += [_list("Where the documents disagree", shown.conflicts)] if shown.conflicts else []
    parts += [_list("Notes", shown.notes)] if shown.notes else []
    return f'<div class="ps">{"".join(parts)}</div>' if parts else ""


def excerpt_html(excerpt: Excerpt, turn: int) -> str:
    """The numbered source with its quote; table rows link to it."""
    where = f", {escape(excerpt.place)}" if excerpt.place else ""
    return (
        f'<div class="ps ps-source" id="{anchor(turn, excerpt.n)}"><p class="ps-small"><strong>[{excerpt.n}]</strong> {escape(excerpt.title)}{where}</p>'
        f"<blockquote>{escape(excerpt.quote)}</blockquote></div>"
    )


def document_html(lines: Sequence[str]) -> str:
    """One document of the library: its title, then a line each."""
    rest = "".join(f'<div class="ps-small">{escape(line)}</div>' for line in lines[1:])
    return f'<div class="ps ps-document"><strong>{escape(lines[0])}</strong>{rest}</div>'


def anchor(turn: int, n: int) -> str:
    """The name of an excerpt's place on the page; every turn of the chat numbers its own."""
    return f"answer-{turn}-source-{n}"


def label_text(text: str) -> str:
    """The text for a button: Streamlit reads labels as Markdown, so every mark of it is disarmed."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]()<>#+-.!|~$:" else char for char in text)


def _row(row: Sequence[Cell], headers: Sequence[str], turn: int) -> str:
    first = f'<th scope="row" role="rowheader">{_cell(row[0], turn)}</th>'
    rest = "".join(
        f'<td role="cell" data-label="{escape(header)}">{_cell(cell, turn)}</td>' for header, cell in zip(headers[1:], row[1:], strict=True)
    )
    return f'<tr role="row">{first}{rest}</tr>'


def _cell(cell: Cell, turn: int) -> str:
    if not cell:
        return ""
    text = escape(cell.text)
    if cell.tone:
        text = f'<span class="ps-tone ps-{cell.tone}">{text}</span>'
    if cell.citation is not None:
        text = f'<a href="#{anchor(turn, cell.citation)}">{text}</a>'
    return text + (f'<span class="ps-detail">{escape(cell.detail)}</span>' if cell.detail else "")


def _list(title: str, lines: Sequence[str]) -> str:
    return f"<h3>{escape(title)}</h3><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
