"""The package that an Office file is: parts within limits, read as streams of elements, and what refers to what.

Elements and attributes are known by their local names, so that Strict OOXML (ISO/IEC 29500) is read as Transitional is.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import BytesIO
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from msgspec import Struct

_MOST_UNPACKED = 300_000_000
"""The bytes of all parts, which a reader never goes beyond; more is a mistake or an attack."""
_MOST_RATIO = 100
"""How many times larger than it is packed a part may be; lists with hundreds of thousands of rows stay below 50."""
_SMALL = 10_000_000
"""Up to this size nobody minds how well a part was packed."""
_MOST_PARTS = 5_000
_MOST_OF_A_LIST = 1_000_000
"""How many relationships, styles or texts a part may list."""
_CHUNK = 1 << 16
MOST_BYTES = 50_000_000
"""Of a file that is read at all: more than a ledger of some hundred thousand rows, or a text that somebody reads."""


class Program(Struct, frozen=True):
    """What makes a kind of file: its name in messages, how to save a file once more, and what to do with one that is too large."""

    name: str
    save_as: str
    again: str
    too_large: str


SPREADSHEET = Program(
    "表格软件",
    "用表格软件打开，另存为“Excel 工作簿(*.xlsx)”",
    "用表格软件打开，另存一份再导入",
    "，或分成几个导入",
)
WORD_PROCESSOR = Program("Word或WPS", "用Word或WPS打开，另存为“Word 文档(*.docx)”", "用Word或WPS打开，另存一份", "")
SAVE_AS = SPREADSHEET.save_as
"""What to do with a file that is no workbook that is read."""

Attributes = Mapping[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str, str], None]


class DamagedError(ValueError):
    """A file that says what none says, or more than is read; `str()` says what, in Chinese, after the file's name."""


class Related(Struct, frozen=True):
    """A part that another refers to: what for (the last word of the relationship's type), and its name."""

    kind: str
    name: str


class Package:
    """The parts of a file that a `program` made. Raises DamagedError where they are too many or too large."""

    def __init__(self, data: bytes, program: Program = SPREADSHEET) -> None:
        self._program = program
        self._zip = ZipFile(BytesIO(data))
        parts = self._zip.infolist()
        self._parts = {part.filename.lower(): part for part in parts}
        if len(parts) > _MOST_PARTS:
            raise DamagedError(
                f"里有{len(parts)}个部件，超过{_MOST_PARTS}个，不像是{program.name}存的，检查是否放错了文件"
            )
        if sum(part.file_size for part in parts) > _MOST_UNPACKED:
            raise DamagedError(f"展开后超过{_MOST_UNPACKED // 1_000_000}MB，检查是否放错了文件{program.too_large}")
        for part in parts:
            if part.file_size > _SMALL and part.file_size > part.compress_size * _MOST_RATIO:
                raise DamagedError(
                    f"的{part.filename}展开后是压缩时的{_MOST_RATIO}倍以上（{part.file_size // 1_000_000}MB），"
                    f"不像是{program.name}存的；是真的，{program.again}"
                )

    def names(self) -> set[str]:
        """The names of all parts, in small letters."""
        return set(self._parts)

    def read(self, name: str, start: Start, end: End) -> None:
        """Hand each element of a part to `start`, and at its end its name and its text to `end`.

        The text is that after the last tag inside of it. Raises DamagedError for what is no XML or declares a type.
        """
        part = self._find(name)
        if part is None:
            raise DamagedError(f"缺{name}，{self._program.save_as}")
        reader = _Reader(start, end, self._program)
        with self._zip.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                reader.feed(chunk, name)
        reader.feed(b"", name, is_last=True)

    def has(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return self._find(name) is not None

    def related(self, name: str) -> dict[str, Related]:
        """What a part ('' for the package) refers to inside of the package, by the id of the relationship."""
        folder, file = posixpath.split(name)
        listed = posixpath.join(folder, "_rels", f"{file}.rels")
        related: dict[str, Related] = {}

        def start(element: str, attributes: Attributes) -> None:
            if element == "Relationship" and attributes.get("TargetMode", "") != "External":
                target = attributes.get("Target", "").replace("\\", "/")
                at = (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                )
                related[attributes.get("Id", "")] = Related(attributes.get("Type", "").rpartition("/")[2], at)
                if len(related) > _MOST_OF_A_LIST:
                    raise DamagedError(f"的{listed}太长")

        with suppress(KeyError):
            if self.has(listed):
                self.read(listed, start, lambda _element, _text: None)
        return related

    def _find(self, name: str) -> ZipInfo | None:
        return self._parts.get(name.lower())


class _Reader:
    """Turns the events of expat into elements by their local names, with the text at their end.

    Whoever declares a type (DOCTYPE) could declare entities; an Office file never does, and is refused.
    """

    def __init__(self, start: Start, end: End, program: Program) -> None:
        self._start, self._end, self._program = start, end, program
        self._texts: list[str] = []
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._opened
        parser.EndElementHandler = self._closed
        parser.CharacterDataHandler = self._texts.append
        parser.StartDoctypeDeclHandler = self._declared
        self._parser = parser

    def feed(self, chunk: bytes, name: str, *, is_last: bool = False) -> None:
        try:
            self._parser.Parse(chunk, is_last)
        except expat.ExpatError as error:
            raise DamagedError(f"的{name}不完整，{self._program.save_as}") from error

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        self._texts.clear()
        self._start(name.rpartition(":")[2], attributes)

    def _closed(self, name: str) -> None:
        self._end(name.rpartition(":")[2], "".join(self._texts))
        self._texts.clear()

    def _declared(self, *_: object) -> None:
        raise DamagedError(f"里有DOCTYPE，不是{self._program.name}存的，{self._program.save_as}")
