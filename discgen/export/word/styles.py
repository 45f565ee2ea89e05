"""The styles of a Word file: named for what a paragraph is, and set as the style sheet of the pages sets its first one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from docx.oxml.ns import qn
from msgspec import Struct

from discgen.export.word.xml import Element, twips, w
from discgen.view.units import Kind
from discgen.word.content import TextBlock
from discgen.word.style import Style

_CHINESE = {"FangSong": "仿宋", "SimSun": "宋体", "SimHei": "黑体", "KaiTi": "楷体"}
"""The fonts of a Chinese Windows, by their English names."""
_GENERIC = frozenset({"serif", "sans-serif", "monospace"})
_NAMES = {
    "table-label": "表号",
    "table-line": "表头一行",
    "table-note": "表注",
    "goal-year": "绩效目标表年度",
    "goal-foot": "绩效目标表落款",
    "evaluation-head": "自评报告表头",
    "figcaption": "图题",
    "amount": "表格金额",
    "code": "表格编码",
    "label": "表格合计",
    "target": "表格指标值",
    "level": "表格资金",
    "prose": "表格文字",
    "th": "表格表头",
    "cover-department": "封面部门",
    "li": "草稿问题",
}
"""What a paragraph is called, by what the style sheet knows it by."""
_CELL, _BODY, _HEADING = "表格内容", "正文", "小标题"
_BUILT_IN = {
    ("cover", "h1"): ("Title", "Title"),
    ("contents", "h1"): ("TOCHeading", "TOC Heading"),
}
_OUT_OF_CONTENTS = "（不自动入目录）"
_DEFAULT = "Normal"
_Looks = tuple[str, Style]


class Setting(Struct, frozen=True):
    """What a paragraph says of itself and what its runs do, beyond the style that it names; elements in the standard's order."""

    style: str
    paragraph: tuple[Element, ...] = ()
    run: tuple[Element, ...] = ()


class Styles:
    """Finds the style of each paragraph, and makes it where there is none yet. `element` is the part that holds them."""

    def __init__(self, element: Element, body: Style) -> None:
        self._element = element
        self._ids: dict[_Looks, str] = {}
        self._first: dict[str, Style] = {}
        self._fonts: dict[str, tuple[str, ...]] = {}
        self._clear(body)

    @property
    def fonts(self) -> Mapping[str, tuple[str, ...]]:
        """The fonts that are asked for, each with those that may stand in for it."""
        return self._fonts

    def of(self, block: TextBlock, kind: Kind, *, in_table: bool = False, is_listed: bool = True) -> Setting:
        """The style of a paragraph; where a heading looks otherwise than the first of its level, also how.

        A heading `is_listed` where the contents name it.
        """
        style = _paragraphs_own(block.style, in_table=in_table)
        if block.level:
            return self._heading(block, style, is_listed=is_listed)
        if block.name.startswith("contents-"):
            level = block.name.rpartition("-")[2]
            # LibreOffice shows no page number that stands on the right of a line's end.
            to_the_edge = replace(style, padding=(0.0, 0.0, 0.0, style.padding[3]))
            self._add(f"TOC{level}", f"toc {level}", to_the_edge)
            return Setting(f"TOC{level}")
        built_in = _BUILT_IN.get((kind, block.name))
        if built_in:
            self._add(*built_in, style)
            return Setting(built_in[0])
        return Setting(self._named(_name(block, in_table=in_table), style))

    def of_character(self, style: Style) -> tuple[Element, ...]:
        """The properties of a run that is set so by itself, as in a page's foot."""
        return _run_properties(style, self._font(style))

    def _heading(self, block: TextBlock, style: Style, *, is_listed: bool) -> Setting:
        known, name = f"Heading{block.level}", f"heading {block.level}"
        first = self._add(known, name, style, level=block.level)
        if not is_listed:
            unlisted = f"标题 {block.level}{_OUT_OF_CONTENTS}"
            first = self._add(f"{known}Unlisted", unlisted, style, level=block.level, above=known)
            known = f"{known}Unlisted"
        if style == first:
            return Setting(known)
        # A title of a table is a heading like one of the text, and looks otherwise.
        return Setting(known, _paragraph_properties(style), _run_properties(style, self._font(style)))

    def _named(self, name: str, style: Style) -> str:
        if (name, style) not in self._ids:
            alike = sum(known == name for known, _ in self._ids)
            known = _DEFAULT if name == _BODY and not alike else f"discgen{len(self._ids)}"
            self._ids[name, style] = known
            if known != _DEFAULT:
                self._add(known, f"{name} {alike + 1}" if alike else name, style)
        return self._ids[name, style]

    def _add(self, known: str, name: str, style: Style, level: int = 0, above: str = _DEFAULT) -> Style:
        """The look of the style of this id, made if there is none."""
        if known not in self._first:
            self._first[known] = style
            outline = [w("outlineLvl", val=level - 1)] if level else []
            self._element.append(
                w(
                    "style",
                    w("name", val=name),
                    w("basedOn", val=above),
                    w("next", val=_DEFAULT) if level else None,
                    w("qFormat"),
                    w("pPr", *_paragraph_properties(style), *outline),
                    w("rPr", *_run_properties(style, self._font(style))),
                    type="paragraph",
                    styleId=known,
                    **({} if known.startswith(("Heading", "TOC", "Title")) else {"customStyle": "1"}),
                )
            )
        return self._first[known]

    def _clear(self, body: Style) -> None:
        """Leave of the library's styles those that every file has, set like the body."""
        for style in list(self._element.iterchildren(qn("w:style"))):
            if style.get(qn("w:default")) != "1":
                self._element.remove(style)
            elif style.get(qn("w:styleId")) == _DEFAULT:
                name = style.find(qn("w:name"))
                style[:] = [name, w("qFormat"), w("pPr", *_no_more_room(), *_paragraph_properties(body))]
        defaults = self._element.find(qn("w:docDefaults"))
        language = w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
        defaults[:] = [
            w("rPrDefault", w("rPr", *_run_properties(body, self._font(body)), language)),
            w("pPrDefault", w("pPr", *_no_more_room())),
        ]
        self._ids[_BODY, _paragraphs_own(body, in_table=False)] = _DEFAULT

    def _font(self, style: Style) -> tuple[str, str]:
        """The fonts for Latin and for Chinese letters."""
        families = [family for family in style.families if family not in _GENERIC]
        font, others = office_font(families)
        self._fonts.setdefault(font, others)
        if not font.isascii():
            return font, font
        self._fonts.setdefault(_CHINESE["SimSun"], ())
        return font, _CHINESE["SimSun"]


def office_font(families: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """The font to name, of those that a style sheet lists, and the others: one that Windows has rather than another."""
    names = list(dict.fromkeys(_CHINESE.get(family, family) for family in families))
    font = next((name for name in names if name in _CHINESE.values()), names[0])
    return font, tuple(name for name in names if name != font)


def _name(block: TextBlock, *, in_table: bool) -> str:
    if block.name in _NAMES:
        return _NAMES[block.name]
    if in_table:
        return _CELL
    return _HEADING if block.name.startswith(("rank-", "h")) else _BODY


def _paragraphs_own(style: Style, *, in_table: bool) -> Style:
    """The style without what is none of a paragraph's; the padding of a cell is its table's, but for an indentation."""
    padding = style.padding
    if in_table:
        _, right, _, left = padding
        padding = (0.0, 0.0, 0.0, left - right if left > right else 0.0)
    return replace(style, padding=padding, width=None, page="", is_continued=False)


def _no_more_room() -> tuple[Element, ...]:
    """None between Chinese and Latin letters or digits, as in the PDF."""
    return w("autoSpaceDE", val=0), w("autoSpaceDN", val=0)


_ALIGNED = {"justify": "both", "center": "center", "right": "right"}


def _paragraph_properties(style: Style) -> tuple[Element, ...]:
    """In the order that the standard has them in."""
    top, _, bottom, _ = style.margin
    spacing = {"before": twips(top), "after": twips(bottom)}
    line = {"line": twips(style.line), "lineRule": "exact"} if style.line else {}
    left, right = style.padding[3], style.padding[1]
    indentation: dict[str, int] = {"left": twips(left), "right": twips(right), "firstLine": twips(style.indent)}
    if style.indent:
        indentation["firstLineChars"] = round(style.indent / style.size * 100)
    return (
        *([w("keepNext")] if style.keeps_with_next else []),
        w("spacing", **spacing, **line),
        w("ind", **indentation),
        w("jc", val=_ALIGNED.get(style.align, "left")),
    )


def _run_properties(style: Style, fonts: tuple[str, str]) -> tuple[Element, ...]:
    latin, chinese = fonts
    bold = {} if style.is_bold else {"val": "0"}
    half_points = round(style.size * 2)
    return (
        w("rFonts", ascii=latin, hAnsi=latin, cs=latin, eastAsia=chinese),
        w("b", **bold),
        w("sz", val=half_points),
        w("szCs", val=half_points),
    )
