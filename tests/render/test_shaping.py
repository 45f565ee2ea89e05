"""Texts shaped once say what WeasyPrint says that shapes them every time, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint.text import line_break

from discgen.render.layout import lines, shaping
from discgen.render.layout.unit import lay_out
from discgen.render.pdf.artifact import Artifact, MissingGlyphError
from tests.render.boxes import WITHOUT_SHRINKING, weasyprints_own
from tests.render.test_lines import PAGE


def every_time(html: str) -> Artifact:
    """The page laid out with every text shaped whenever it is asked for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "known", lambda _style: {})
        with weasyprints_own(shaping.REPLACEMENTS):
            return lay_out(html)


WORDS = st.sampled_from(
    (
        *("部门预算", "收入", "，", "。", "（", "）", "：", "“", "”", "、", "《", "》", "甲", "\u200b", " "),
        *("2023年", "1,234.56", "≤\u20601500\u2060元\u2060/\u2060套", "GB/T 9704", "fi", "AV", "http://gov.cn/a/b/c"),
    )
)
TEXTS = st.lists(WORDS, max_size=25).map("".join)


@dataclass(frozen=True)
class Block:
    tag: str
    style: str
    text: str

    @property
    def html(self) -> str:
        element = f'<{self.tag} style="{self.style}">{escape(self.text)}</{self.tag}>'
        return element if self.tag == "p" else f"<table><tr>{element}</tr></table>"


STYLES = st.lists(
    st.sampled_from(
        (
            *(
                "width: 40px",
                "width: 100px",
                "width: 333px",
                "white-space: nowrap",
                "text-indent: 2em",
                "font-size: 9pt",
            ),
            *("text-align: center", "text-align: right", "text-align: justify", "--lone-character: avoid"),
            *("font-weight: bold", "font-family: 'Liberation Serif', serif", "letter-spacing: 1px", "color: red"),
            *("text-decoration: underline", "visibility: hidden", "word-break: break-all"),
        )
    ),
    max_size=4,
).map("; ".join)
BLOCKS = st.builds(Block, st.sampled_from(["p", "td", "th"]), STYLES, TEXTS)


@settings(max_examples=10, phases=WITHOUT_SHRINKING)
@given(st.lists(BLOCKS, min_size=20, max_size=30))
def test_a_page_is_the_same_bytes(blocks: list[Block]) -> None:
    html = PAGE % (240, "".join(block.html for block in blocks + blocks[::2]))
    assert lay_out(html) == every_time(html)


def test_a_text_is_shaped_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shaped: list[str] = []
    create_layout = line_break.create_layout

    def counted(text: str, *rest: object) -> object:
        shaped.append(text)
        return create_layout(text, *rest)

    monkeypatch.setattr(line_break, "create_layout", counted)
    lay_out(PAGE % (240, "<p>只在这里说一遍</p>" * 5))
    assert shaped.count("只在这里说一遍") == 1


def test_a_character_without_a_glyph_is_reported_of_every_page() -> None:
    for _ in range(2):
        with pytest.raises(MissingGlyphError) as raised:
            lay_out(PAGE % (240, "<p>甲\U0010fff0</p>" * 2))
        assert raised.value.characters == {"\U0010fff0"}


LONG = st.lists(
    st.sampled_from(
        [
            "部门",
            "预算",
            "，",
            "。",
            "（",
            "）",
            "2023年",
            "1,234.56",
            " ",
            "\u200b",
            "\u2060",
            "GB/T 9704-2012",
            "abcdefghijklmnop",
        ]
    ),
    min_size=30,
    max_size=60,
).map("".join)


@settings(max_examples=3, phases=WITHOUT_SHRINKING)
@given(st.lists(LONG, min_size=5, max_size=5), st.sampled_from([112, 200, 333]))
def test_a_line_ends_where_it_does_by_all_of_the_text(texts: list[str], width: int) -> None:
    html = PAGE % (width, "".join(f"<p>{text}</p><table><tr><td>{text}</td></tr></table>" for text in texts))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_SHORTEST", inf)
        patch.setattr(lines, "known", lambda _style: {})
        by_all = lay_out(html)
    assert lay_out(html) == by_all
