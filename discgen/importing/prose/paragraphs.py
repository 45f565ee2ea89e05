"""Sheets of text to paragraphs, each with its cell, under the part or the section of the form whose heading stands over it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from discgen.form.sentences import Section, Sections
from discgen.importing.imported import CellText
from discgen.importing.prose.words import ProseWords
from discgen.importing.sheets.sheet import Sheet
from discgen.importing.tables.recognise import title_key

NUMBERING = re.compile(
    r"^(?:[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|[（(]?[0-9]{1,3}(?:[)）、]|[.．](?![0-9])))+[.．、]?"
)
"""The number that a paragraph or a heading begins with: 一、 （二） 3. （4）"""
_BLANKS = re.compile(r"(?<![!-~])\s+|\s+(?![!-~])")
"""Blanks that stand beside a Chinese character."""
_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_LONGEST_HEADING = 40
_YEAR = re.compile(r"^(?:20[0-9]{2}|[xX]{2,4})?年度?")
_TABLES, _SITUATION = "tables", "situation"
_PROJECTS = "projects"


_OF_PROJECTS = Section(_PROJECTS, "项目经费情况说明", (), ())
"""What stands for the part on projects in a form that has none: a bureau's workbook may hold it all the same."""


class Passage(Struct, frozen=True):
    """The paragraphs under a heading of the form."""

    section: Section
    paragraphs: tuple[CellText, ...]


def paragraphs_of(sheet: Sheet) -> Iterator[CellText]:
    """The lines of all cells that are not empty."""
    for at, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            for line in cell.splitlines():
                if text := _BLANKS.sub("", line.strip()):
                    yield CellText(text, sheet.cell(at, column))


def is_passed_over(paragraphs: Sequence[CellText], words: ProseWords) -> bool:
    """Whether a sheet is one that says nothing: contents."""
    return bool(paragraphs) and paragraphs[0].text in words.pass_over


def named_in(sheet: Sheet, words: ProseWords) -> Iterator[tuple[str, str]]:
    """Whose workbook a sheet says it is, with the cell that says so."""
    for paragraph in paragraphs_of(sheet):
        who, _, name = paragraph.text.replace(":", "：").partition("：")
        if who in words.whose and name:
            yield name.partition("单位：")[0], paragraph.cell


def passages(paragraphs: Sequence[CellText], form: Sections) -> list[Passage]:
    """The passages of a sheet; none where the heading over it is not the form's."""
    if not paragraphs:
        return []
    part = _named(paragraphs[0].text, form.parts, is_whole=False)
    if part is None or part.name == _TABLES:
        return []
    found: list[tuple[Section, list[CellText]]] = [(part, [])]
    for paragraph in paragraphs[1:]:
        section = _below(paragraph.text, found[-1][0], form)
        if section:
            found.append((section, []))
        else:
            found[-1][1].append(paragraph)
    return [Passage(section, tuple(own)) for section, own in found if own or section.name != _SITUATION]


def _below(text: str, section: Section, form: Sections) -> Section | None:
    """The section that begins with a paragraph, below 情况说明 or beside another section."""
    if section.name != _SITUATION and section.name not in form.sections and section.name != _PROJECTS:
        return None
    projects = {_PROJECTS: form.parts.get(_PROJECTS, _OF_PROJECTS)}
    return _named(text, {**form.sections, **projects}, is_whole=not NUMBERING.match(text))


def _named(text: str, sections: Mapping[str, Section], *, is_whole: bool) -> Section | None:
    """The section with a heading that the text is, or, where it need not be the `whole` of it, ends in."""
    if len(text) > _LONGEST_HEADING or text.endswith(("。", "；")):
        return None
    key = heading_key(text)
    same = [section for section in sections.values() if section.heading and heading_key(section.heading) == key]
    ends = [
        section
        for section in sections.values()
        if not is_whole and section.heading and key.endswith(heading_key(section.heading))
    ]
    return next(iter([*same, *sorted(ends, key=lambda section: -len(section.heading))]), None)


@lru_cache(maxsize=2_000)
def heading_key(text: str) -> str:
    """A heading without its number, its year, its brackets, and whose it is."""
    bare = _IN_BRACKETS.sub("", NUMBERING.sub("", text.strip()))
    return title_key(_YEAR.sub("", unicodedata.normalize("NFKC", bare)))
