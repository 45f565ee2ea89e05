"""Word files read without the library that wrote them, and without ours: an archive of XML (ISO/IEC 29500)."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN = f'xmlns:w="{W[1:-1]}"'
WITH_WRITER = pytest.mark.skipif(
    not Path("/usr/lib/libreoffice/program/libswlo.so").exists(),
    reason="LibreOffice Writer is not installed: sh tools/install-office.sh",
)


@dataclass(frozen=True)
class WordFile:
    """A file by its bytes."""

    data: bytes

    @cached_property
    def parts(self) -> Mapping[str, bytes]:
        with ZipFile(io.BytesIO(self.data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def xml(self, name: str) -> ET.Element:
        return ET.fromstring(self.parts[name])

    @cached_property
    def body(self) -> ET.Element:
        body = self.xml("word/document.xml").find(f"{W}body")
        assert body is not None
        return body

    @property
    def tables(self) -> list[ET.Element]:
        return self.body.findall(f"{W}tbl")

    def paragraphs(self) -> Iterator[tuple[str, str]]:
        """The name of the style and the text of each paragraph that is in no table."""
        names = {
            style.get(f"{W}styleId"): style.find(f"{W}name").get(f"{W}val")  # type: ignore[union-attr]
            for style in self.xml("word/styles.xml").iter(f"{W}style")
        }
        for paragraph in self.body.findall(f"{W}p"):
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            yield str(names.get(style.get(f"{W}val")) if style is not None else ""), text_of(paragraph)


def text_of(element: ET.Element) -> str:
    """What is read in an element, a tab as one."""
    parts = [part for run in element.iter(f"{W}r") for part in run]
    return "".join("\t" if part.tag == f"{W}tab" else part.text or "" for part in parts if part.tag in _READ)


_READ = {f"{W}t", f"{W}tab"}


def cells(table: ET.Element) -> list[list[str]]:
    """The texts of a table's rows."""
    return [[text_of(cell) for cell in row.findall(f"{W}tc")] for row in table.findall(f"{W}tr")]


def value(element: ET.Element, path: str, attribute: str = "val") -> str | None:
    """An attribute of what stands at `a/b` below an element; None where nothing does."""
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{W}{attribute}", "")


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def converted(data: bytes, ending: str, folder: Path) -> Path:
    """What LibreOffice makes of a Word file; tests of a process share its profile, which it takes seconds to make."""
    (folder / "draft.docx").write_bytes(data)
    program = shutil.which("soffice")
    assert program
    profile = f"-env:UserInstallation=file://{folder.parent}/profile-of-libreoffice"
    command: list[str | Path] = [
        program,
        profile,
        "--headless",
        "--convert-to",
        ending,
        "--outdir",
        folder / "made",
        folder / "draft.docx",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300, env={**os.environ, "HOME": str(folder)})
    return folder / "made" / f"draft.{ending.partition(':')[0]}"
