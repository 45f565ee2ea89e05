"""How WeasyPrint is loaded changes nothing of what it does: what is left for later is there when it is asked for."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from fontTools.fontBuilder import FontBuilder

from tests.render.test_fonts import coloured, page, variable
from tools.layout_declarations import FILE, layout_declarations

OUR_WAY = "import discgen.render.layout\n"
ITS_OWN_WAY = "import weasyprint\n"


def said(program: str, given: str = "") -> bytes:
    """What a process of its own writes."""
    return subprocess.run([sys.executable, "-c", program], input=given.encode(), capture_output=True, check=True).stdout


def test_no_process_is_started_to_find_libraries() -> None:
    listening = """
import sys
from collections.abc import Callable
started = []
sys.addaudithook(lambda event, _: started.append(event) if event in {"subprocess.Popen", "os.posix_spawn"} else None)
"""
    asked = "print(started)"
    assert said(listening + OUR_WAY + asked) == b"[]\n"
    assert said(listening + ITS_OWN_WAY + asked) != b"[]\n"


def test_the_libraries_are_those_that_weasyprint_finds() -> None:
    asked = """
from pathlib import Path
lines = Path("/proc/self/maps").read_text().splitlines()
print(sorted({line.split()[-1] for line in lines if any(name in line for name in ("pango", "harfbuzz", "fontconfig", "glib"))}))
"""
    found = said(ITS_OWN_WAY + asked)
    assert b"libpango-1.0.so.0" in found
    assert b"libharfbuzz-subset.so.0" in found
    assert said(OUR_WAY + asked) == found


def test_the_declarations_are_those_of_weasyprint() -> None:
    """Written by `python tools/layout_declarations.py`."""
    assert FILE.read_text(encoding="utf-8") == layout_declarations()


_DECLARED = """
from weasyprint.text import ffi as libraries

def told(kind):
    if kind.kind == "enum":
        return sorted(kind.elements.items())
    if kind.kind != "struct":
        return kind.cname
    try:
        size = libraries.ffi.sizeof(kind)
    except Exception:
        return "opaque"
    return size, [(name, field.offset, field.bitshift, field.bitsize, field.type.cname) for name, field in kind.fields]

def found(library, name):
    try:
        value = getattr(library, name)
    except Exception:
        return "elsewhere"
    return value if isinstance(value, int) else libraries.ffi.typeof(value).cname

for name in libraries.ffi.list_types()[0]:
    print(name, told(libraries.ffi.typeof(name)))
for library in ("gobject", "pango", "pangoft2", "harfbuzz", "harfbuzz_subset", "fontconfig"):
    for name in dir(getattr(libraries, library)):
        print(library, name, found(getattr(libraries, library), name))
"""


def declared(way: str) -> bytes:
    """All types and functions; what C names twice is called by either name."""
    return re.sub(rb"(struct|enum) _?", b"", said(way + _DECLARED))


def test_types_and_functions_are_as_cffi_parses_them() -> None:
    theirs = declared(ITS_OWN_WAY)
    assert theirs.count(b"(*)(") > 100
    assert declared(OUR_WAY) == theirs


_WHOSE = "from weasyprint.text.ffi import ffi; print(type(ffi).__module__)"


def test_declarations_of_another_release_are_parsed_by_cffi() -> None:
    other = """
import sys
from types import ModuleType
other = ModuleType("discgen.render.layout.declarations")
other.SOURCE, other.ARGUMENTS = "of another release", {}
sys.modules[other.__name__] = other
"""
    assert said(other + OUR_WAY + _WHOSE) == b"cffi.api\n"
    assert said(OUR_WAY + _WHOSE) == b"discgen.render.layout.loading\n"


def test_without_what_they_are_made_of_cffi_parses_them() -> None:
    other = "import _cffi_backend; del _cffi_backend.FFI\n"
    assert said(other + OUR_WAY + _WHOSE) == b"cffi.api\n"


def test_whoever_imports_what_is_left_for_later_gets_it() -> None:
    asked = """
import sys
from collections.abc import Callable
from importlib import import_module
from discgen.render.layout.loading import _SELDOM
print([name for name in _SELDOM if name in sys.modules], all(import_module(name).__file__ for name in _SELDOM))
"""
    assert said(asked) == b"[] True\n"


def woff2() -> FontBuilder:
    font = variable()
    font.font.flavor = "woff2"
    return font


_PDF = """
import os, sys
from weasyprint import HTML
os.environ["SOURCE_DATE_EPOCH"] = "0"
sys.stdout.buffer.write(HTML(string=sys.stdin.read()).write_pdf(pdf_tags=True))
"""


@pytest.mark.parametrize("font", [variable, coloured, woff2])
def test_fonts_that_our_pages_do_not_have_are_embedded(font: Callable[[], FontBuilder]) -> None:
    """It also reads a page that is no XML."""
    html = page(font(), "AB<br>A", 900)
    assert said(OUR_WAY + _PDF, html) == said(ITS_OWN_WAY + _PDF, html)
