"""The text of the document to the sheets of text: under each heading of the form what the document says there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field
from openpyxl.worksheet.worksheet import Worksheet

from discgen.document import Document
from discgen.filling.grid import LONGEST_TEXT, clear, copy_style, fit_height, put_text
from discgen.form.sentences import form_sections
from discgen.importing.prose.paragraphs import NUMBERING, Passage, heading_key, paragraphs_of, passages
from discgen.importing.prose.words import load_prose_words
from discgen.importing.sheets.sheet import Sheet
from discgen.narrative.blocks import Block, Heading, Paragraph

_INDENT = "    "
_PLACEHOLDER = re.compile(r"^[xX×＊*]{2,}(?:[（(](?:单位|部门)[）)])?")
_KEPT, _PROJECTS, _SITUATION = "glossary", "projects", "situation"
_NAMED = re.compile(r"(?P<who>[^：:]+[：:])(?P<rest>.*)", re.DOTALL)


class FilledTexts(Struct):
    """Which parts of the form have found a sheet, and what is to be told."""

    parts: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)


class TextFiller:
    """Fills sheets of text from one document; each part of the form has one sheet."""

    def __init__(self, document: Document) -> None:
        self._sections = form_sections(document.form)
        self._parts = _parts(document)
        self._name = document.disclosure.department.name
        self._words = load_prose_words()
        self.made = FilledTexts()

    def finds(self, sheet: Sheet) -> bool:
        """Whether a sheet is one of text under a heading of the form."""
        return bool(self._passages(sheet))

    def _passages(self, sheet: Sheet) -> list[Passage]:
        return passages(list(paragraphs_of(sheet)), self._sections)

    def note_parts(self, sheet: Sheet) -> None:
        """Keep in mind which parts a sheet is of, so that no other sheet takes them in."""
        self.made.parts |= {passage.section.name for passage in self._passages(sheet)[:1]}

    def fill(self, sheet: Sheet, target: Worksheet) -> None:
        """Let the sheet say what the document does; 名词解释 stays the bureau's."""
        part = next(iter(self._passages(sheet))).section.name
        if part in self._sections.sections:
            part = _SITUATION
        cells = [(at, column) for at, row in enumerate(sheet.rows) for column, text in enumerate(row) if text]
        self._name_title(sheet, target, *cells[0])
        if part == _KEPT:
            self.made.remarks.append(f"工作表“{target.title}”的名词解释照工作簿原来的，没有改")
            return
        paragraphs = list(self._parts.get(part, ()))
        if part == _SITUATION and _PROJECTS not in self.made.parts and _PROJECTS in self._parts:
            paragraphs += self._appended()
        self._write(target, paragraphs, cells[1:] or [(cells[0][0] + 2, cells[0][1])])

    def _name_title(self, sheet: Sheet, target: Worksheet, row: int, column: int) -> None:
        title = _PLACEHOLDER.sub(self._name, sheet.rows[row][column])
        put_text(target, row + 1, column + 1, title)

    def _appended(self) -> list[str]:
        """The text on projects as the last section of 情况说明, for a workbook that has no sheet for it."""
        number = sum(section.heading != "" for section in self._sections.sections.values()) + 1
        heading = self._sections.parts[_PROJECTS].heading
        self.made.remarks.append(f"工作簿没有“{heading}”的工作表，写在其他情况说明的后面")
        from_one = f"{'一二三四五六七八九十'[number - 1]}、" if number <= len("一二三四五六七八九十") else ""
        return [f"{from_one}{heading}", *self._parts[_PROJECTS]]

    def _write(self, target: Worksheet, paragraphs: Sequence[str], cells: Sequence[tuple[int, int]]) -> None:
        """Write paragraphs into the cells that the empty sheet has: all into one, or numbered ones each into its own."""
        for row, column in cells:
            clear(target, row + 1, column + 1)
        row, column = cells[0]
        apart = len(cells) > 1
        first = next((at for at, text in enumerate(paragraphs) if apart and NUMBERING.match(text)), len(paragraphs))
        self._put(target, row, column, paragraphs[:first])
        model = cells[-1][0] + 1, column + 1
        for number, text in enumerate(paragraphs[first:]):
            at = cells[1][0] + number
            copy_style(target, model, (at + 1, column + 1))
            self._put(target, at, column, [text])

    def _put(self, target: Worksheet, row: int, column: int, paragraphs: Sequence[str]) -> None:
        text = "\n".join(f"{_INDENT}{paragraph}" for paragraph in paragraphs)
        if len(text) > LONGEST_TEXT:
            self.made.remarks.append(
                f"工作表“{target.title}”的文字有{len(text)}个字，一格最多{LONGEST_TEXT}个，后面的没有写进去"
            )
            text = text[:LONGEST_TEXT]
        put_text(target, row + 1, column + 1, text)
        fit_height(target, row + 1, column + 1, text)

    def name_owner(self, sheet: Sheet, target: Worksheet) -> None:
        """Write whose workbook it is where the sheet asks for it: 编制单位：."""
        for at, row in enumerate(sheet.rows):
            for column, text in enumerate(row):
                named = _NAMED.fullmatch(text.strip())
                if named and named["who"][:-1] in self._words.whose:
                    put_text(target, at + 1, column + 1, f"{named['who']}{self._name}")


def _parts(document: Document) -> dict[str, list[str]]:
    """The lines of each part of the document but tables, headings with their numbers, by the part's name in the form."""
    keys = {heading_key(section.heading): name for name, section in form_sections(document.form).parts.items()}
    parts: dict[str, list[str]] = {}
    own: list[str] = []
    for block in document.text.blocks:
        if isinstance(block, Heading) and block.rank == 1:
            own = parts.setdefault(keys.get(heading_key(block.text), ""), [])
        else:
            own += _lines(block)
    return {name: lines for name, lines in parts.items() if name and lines}


def _lines(block: Block) -> list[str]:
    return [block.text] if isinstance(block, Heading | Paragraph) else []
