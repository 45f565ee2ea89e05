"""A Word file that came back to the texts that are read in it: paragraphs and tables in order, changes taken as made.

Tracked changes count as accepted. Runs, fields, bookmarks and content controls are nothing to a reader and leave their
text alone; the contents, which a program fills in, are left out, as are heads, feet and pictures.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from msgspec import Struct, field

from discgen.characters import visible_line
from discgen.errors import Refusal
from discgen.files import read_regular, reason
from discgen.office_file import MOST_BYTES, WORD_PROCESSOR, Attributes, DamagedError, Package
from discgen.word.origin import Origin

_MOST_PARAGRAPHS = 100_000
"""Of a file, those of its cells among them: a department's whole document has some five thousand."""
_MOST_CHARACTERS = 10_000_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_SAVE_AS = WORD_PROCESSOR.save_as
_OTHERS = {
    _ZIP: "",
    b"%PDF-": f"是PDF，不是Word文件：向改稿的人要Word文件，或{_SAVE_AS}",
    b"{\\rtf": f"是RTF，只改后缀不行，{_SAVE_AS}",
}
_CONTENTS_GALLERY = "Table of Contents"


class Remark(Struct, frozen=True):
    """A comment in the margin."""

    author: str
    text: str


class ReadText(Struct, frozen=True):
    """A paragraph, or all of a cell. `authors` are those of its tracked changes."""

    text: str
    authors: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


class ReadTable(Struct, frozen=True):
    """A table: its rows of cells, those that a cell above reaches down over left out."""

    rows: tuple[tuple[ReadText, ...], ...]


class ReadFile(Struct, frozen=True):
    """What is read in a file, and what it says of where it is from."""

    texts: tuple[ReadText, ...]
    tables: tuple[ReadTable, ...]
    origin: Origin


def read_word_file(path: Path) -> ReadFile:
    """The file. Raises Refusal for what is no Word file, or more than anybody reads."""
    try:
        data = read_regular(path, MOST_BYTES + 1)
    except OSError as error:
        raise Refusal(f"{path} 读不出来：{reason(error)}") from error
    if len(data) > MOST_BYTES:
        raise Refusal(f"{path} 超过{MOST_BYTES // 1_000_000}MB，检查是否放错了文件")
    if wrong := _wrong_kind(data):
        raise Refusal(f"{path.name} {wrong}")
    try:
        return _read(Package(data, WORD_PROCESSOR))
    except DamagedError as error:
        raise Refusal(f"{path.name} {visible_line(str(error))}") from error
    except (Exception, MemoryError, RecursionError) as error:  # whatever else a stranger's file provokes
        raise Refusal(f"{path.name} 不是能读的Word文件，{_SAVE_AS}") from error


def _wrong_kind(data: bytes) -> str:
    """What a file is that is no Word file, and what to do; '' where it may be one."""
    if data.startswith(_OLD_OFFICE):
        return "有打开密码，用Word或WPS去掉密码，另存一份" if _ENCRYPTED in data else f"是老的.doc或.wps，{_SAVE_AS}"
    kinds = (message for begin, message in _OTHERS.items() if data.startswith(begin))
    return next(kinds, f"不是Word文件（.docx），{_SAVE_AS}" if data.strip() else "是空文件，请对方重新发一次")


def _read(package: Package) -> ReadFile:
    top = {related.kind: related.name for related in package.related("").values()}
    main = top.get("officeDocument", "")
    if package.has("content.xml"):
        raise DamagedError(f"是OpenDocument文本（.odt），{_SAVE_AS}")
    if not package.has(main):
        raise DamagedError(f"里没有正文，{_SAVE_AS}")
    beside = {related.kind: related.name for related in package.related(main).values()}
    remarks = _Remarks()
    if package.has(beside.get("comments", "")):
        package.read(beside["comments"], remarks.start, remarks.end)
    body = _Body(remarks.found)
    package.read(main, body.start, body.end)
    if body.is_unended:  # what is taken for contents would be the rest of the file
        body = _Body(remarks.found, has_contents=False)
        package.read(main, body.start, body.end)
    if not body.is_word:
        raise DamagedError(f"不是Word文件，{_SAVE_AS}")
    return ReadFile(tuple(body.texts), tuple(body.tables), _origin(package, top.get("custom-properties", "")))


def _origin(package: Package, name: str) -> Origin:
    properties: dict[str, str] = {}
    names: list[str] = []

    def start(element: str, attributes: Attributes) -> None:
        if element == "property":
            names.append(attributes.get("name", ""))

    def end(element: str, text: str) -> None:
        if element == "lpwstr" and names:
            properties[names[-1]] = text

    if package.has(name):
        with suppress(DamagedError):  # what it says of itself is a help, no more
            package.read(name, start, end)
    return Origin.read(properties)


class _Remarks:
    """Reads the part of the comments. `found` has each by its id."""

    def __init__(self) -> None:
        self.found: dict[str, Remark] = {}
        self._id = self._author = ""
        self._texts: list[str] = []

    def start(self, element: str, attributes: Attributes) -> None:
        if element == "comment":
            self._id, self._author = _value(attributes, "id"), _value(attributes, "author")
            self._texts = []

    def end(self, element: str, text: str) -> None:
        if element == "t":
            self._texts.append(text)
        elif element == "comment":
            self.found[self._id] = Remark(self._author, "".join(self._texts))
            if len(self.found) > _MOST_PARAGRAPHS:
                raise DamagedError("的批注太多，不像是有人写的")


class _Paragraph(Struct):
    """A paragraph that is being read."""

    pieces: list[str] = field(default_factory=list)
    authors: dict[str, None] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    runs_on: bool = False
    """Whether its end is deleted, so that the next one goes on where it stops."""
    is_contents: bool = False


class _Cell(Struct):
    """A cell that is being read, with the paragraphs in it."""

    paragraphs: list[_Paragraph] = field(default_factory=list)
    is_covered: bool = False


class _Row(Struct):
    cells: list[_Cell] = field(default_factory=list)
    is_deleted: bool = False


_INSERTED, _DELETED = frozenset({"ins", "moveTo"}), frozenset({"del", "moveFrom"})
_SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "cr": "\n"}


class _Body:
    """Reads the part of the body. `texts` are the paragraphs that are in no table, `tables` those that are in none."""

    def __init__(self, remarks: dict[str, Remark], *, has_contents: bool = True) -> None:
        self._has_contents = has_contents
        self.texts: list[ReadText] = []
        self.tables: list[ReadTable] = []
        self.is_word = False
        self._remarks = remarks
        self._open: list[str] = []
        self._paragraphs: list[_Paragraph] = []
        self._cells: list[_Cell] = []
        self._rows: list[_Row] = []
        self._tables: list[list[_Row]] = []
        self._fields: list[str] = []
        self._galleries: list[bool] = []
        self._deleted = self._left_out = self._characters = self._count = 0
        self._unfinished: _Paragraph | None = None

    def start(self, element: str, attributes: Attributes) -> None:
        """An element begins."""
        above = self._open[-1] if self._open else ""
        self._open.append(element)
        if element == "Fallback":
            self._left_out += 1
        if self._left_out:
            return
        if element in _INSERTED | _DELETED:
            self._track(element, above, _value(attributes, "author"))
        begin = getattr(self, f"_start_{element}", None) if element in _STARTING else None
        if begin:
            begin(above, attributes)
        elif self._paragraphs and element in _SIGNS and above == "r" and not self._deleted:
            self._add(_SIGNS[element])

    def end(self, element: str, text: str) -> None:
        """An element ends, in which this text stood last."""
        self._open.pop()
        above = self._open[-1] if self._open else ""
        if element == "Fallback":
            self._left_out -= 1
        if self._left_out or element == "Fallback":
            return
        if element in _DELETED and above not in _PROPERTIES:
            self._deleted -= 1
        elif element == "t" and not self._deleted:
            self._add(text)
        elif element == "instrText" and self._fields:
            self._fields[-1] += text
            self._mark_contents()
        elif element in _ENDING:
            getattr(self, f"_end_{element}")()

    def _track(self, element: str, above: str, author: str) -> None:
        if above not in _PROPERTIES:
            self._deleted += element in _DELETED
        elif above == "trPr" and element in _DELETED and self._rows:
            self._rows[-1].is_deleted = True
        elif above == "rPr" and element in _DELETED and self._paragraphs and self._open[-3:-2] == ["pPr"]:
            self._paragraphs[-1].runs_on = True
        if self._paragraphs and author:
            self._paragraphs[-1].authors[author] = None

    def _add(self, text: str) -> None:
        if self._paragraphs and text:
            self._characters += len(text)
            if self._characters > _MOST_CHARACTERS:
                raise DamagedError(f"里有{_MOST_CHARACTERS // 10_000}万个字以上，检查是否放错了文件")
            self._paragraphs[-1].pieces.append(text)

    def _mark_contents(self) -> None:
        if self._paragraphs and self._has_contents and self.is_unended:
            self._paragraphs[-1].is_contents = True

    @property
    def is_unended(self) -> bool:
        """Whether the field of the contents is open."""
        return any(code.split()[:1] == ["TOC"] for code in self._fields)

    def _start_document(self, _: str, __: Attributes) -> None:
        self.is_word = True

    def _start_p(self, _: str, __: Attributes) -> None:
        self._count += 1
        if self._count > _MOST_PARAGRAPHS:
            raise DamagedError(f"有{_MOST_PARAGRAPHS // 10_000}万段以上，检查是否放错了文件")
        paragraph = _Paragraph(is_contents=any(self._galleries))
        unfinished, self._unfinished = self._unfinished, None
        if unfinished and not self._paragraphs:
            paragraph.pieces, paragraph.authors = unfinished.pieces, unfinished.authors
            paragraph.remarks = unfinished.remarks
        self._paragraphs.append(paragraph)
        self._mark_contents()

    def _end_p(self) -> None:
        paragraph = self._paragraphs.pop()
        if paragraph.runs_on and not self._paragraphs:
            self._unfinished = paragraph
        elif self._cells:
            self._cells[-1].paragraphs.append(paragraph)
        elif not paragraph.is_contents:
            self.texts.append(_text([paragraph]))

    def _start_pStyle(self, _: str, attributes: Attributes) -> None:  # noqa: N802 - the element's name
        if self._paragraphs and _value(attributes, "val").upper().startswith("TOC") and not self._cells:
            self._paragraphs[-1].is_contents = True

    def _start_sdt(self, _: str, __: Attributes) -> None:
        self._galleries.append(False)

    def _end_sdt(self) -> None:
        self._galleries.pop()

    def _start_docPartGallery(self, _: str, attributes: Attributes) -> None:  # noqa: N802
        if self._galleries and _value(attributes, "val") == _CONTENTS_GALLERY:
            self._galleries[-1] = True

    def _start_fldChar(self, _: str, attributes: Attributes) -> None:  # noqa: N802
        kind = _value(attributes, "fldCharType")
        if kind == "begin":
            self._fields.append("")
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _start_br(self, above: str, attributes: Attributes) -> None:
        if above == "r" and not self._deleted and _value(attributes, "type") not in ("page", "column"):
            self._add("\n")

    def _start_sym(self, _: str, attributes: Attributes) -> None:
        code = _value(attributes, "char")
        with suppress(ValueError, OverflowError):
            if not self._deleted:
                self._add(chr(int(code, 16)))

    def _start_commentReference(self, _: str, attributes: Attributes) -> None:  # noqa: N802
        remark = self._remarks.get(_value(attributes, "id"))
        if self._paragraphs and remark:
            self._paragraphs[-1].remarks.append(remark)

    def _start_tbl(self, _: str, __: Attributes) -> None:
        self._tables.append([])

    def _end_tbl(self) -> None:
        rows = self._tables.pop()
        if self._cells:  # a table in a cell is part of what the cell says
            self._cells[-1].paragraphs += [text for row in rows for cell in row.cells for text in cell.paragraphs]
            return
        kept = [row for row in rows if not row.is_deleted]
        self.tables.append(
            ReadTable(tuple(tuple(_text(cell.paragraphs) for cell in row.cells if not cell.is_covered) for row in kept))
        )

    def _start_tr(self, _: str, __: Attributes) -> None:
        self._rows.append(_Row())

    def _end_tr(self) -> None:
        row = self._rows.pop()
        if self._tables:
            self._tables[-1].append(row)

    def _start_tc(self, _: str, __: Attributes) -> None:
        self._cells.append(_Cell())

    def _end_tc(self) -> None:
        cell = self._cells.pop()
        if self._rows:
            self._rows[-1].cells.append(cell)

    def _start_vMerge(self, _: str, attributes: Attributes) -> None:  # noqa: N802
        if self._cells and _value(attributes, "val") in ("", "continue"):
            self._cells[-1].is_covered = True


_PROPERTIES = frozenset({"rPr", "pPr", "trPr", "tcPr", "numPr", "sectPr", "tblPr"})
"""Where a tracked change is not one of text."""
_STARTING = frozenset(name.removeprefix("_start_") for name in vars(_Body) if name.startswith("_start_"))
_ENDING = frozenset(name.removeprefix("_end_") for name in vars(_Body) if name.startswith("_end_"))


def _text(paragraphs: list[_Paragraph]) -> ReadText:
    """The paragraphs of a cell, or the one that is none of a table."""
    texts = ("".join(paragraph.pieces) for paragraph in paragraphs)
    return ReadText(
        "\n".join(text for text in texts if text),
        tuple(dict.fromkeys(author for paragraph in paragraphs for author in paragraph.authors)),
        tuple(remark for paragraph in paragraphs for remark in paragraph.remarks),
    )


def _value(attributes: Attributes, name: str) -> str:
    """An attribute by its local name: those of the main namespace are written with a prefix, whatever it is."""
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")
