"""What a result rests on besides the data: our code and shipped files, the libraries, and for layout the machine's fonts.

Both are hashes of contents: the same release with the same libraries and fonts has the same on every machine, wherever
it is installed and whoever runs it. Nothing of the renderer is loaded for them, since they are asked for before it is
known whether anything has to be laid out.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from discgen.reference.folders import cache_shipped, data_folder

_PACKAGE = Path(__file__).parent
_NOT_CODE = {"__pycache__", "_data"}
"""What is below the package besides its code; what ships with it is looked for where `data_folder` finds it."""


@cache_shipped
def code() -> str:
    """What composing and laying out rest on of ours, and the versions of all libraries of Python: a SHA-256 in hex."""
    folders = (_PACKAGE, data_folder("schema"), data_folder("templates"))
    return _hash(*(part for folder in folders for part in _contents(folder)), *_versions("discgen"))


@cache_shipped
def layout() -> str:
    """What laying out a page of HTML rests on, the renderer, its libraries and all fonts of this machine: a SHA-256 in hex."""
    return _hash(
        *_contents(_PACKAGE / "render"),
        *_versions("weasyprint"),
        *_versions_of_system(),
        _font_settings().read_bytes(),
        *(part for folder in font_folders() for part in _contents(folder, _is_font, _HEAD)),
    )


def _hash(*parts: bytes) -> str:
    digest = sha256()
    for part in parts:
        digest.update(b"%d\n%s" % (len(part), part))
    return digest.hexdigest()


# Paths are plain strings here: to make a `Path` of each of two thousand would take longer than to read the files.


def _contents(
    folder: Path, is_wanted: Callable[[str], bool] = lambda name: name not in _NOT_CODE, most: int = -1
) -> Iterator[bytes]:
    """The names of the files below a folder, their sizes and what is in them, or in the first `most` bytes."""
    above = len(f"{folder}/")
    for path in sorted(_files(folder, is_wanted)):
        yield os.fsencode(path[above:])
        with suppress(OSError):
            yield from _content(path, most)


def _content(path: str, most: int) -> Iterator[bytes]:
    """The size of a file and what is in it, read without a file object, which asks the system twice as often."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        size = os.fstat(descriptor).st_size
        yield b"%d" % size
        yield os.read(descriptor, size if most < 0 else most)
    finally:
        os.close(descriptor)


def _files(folder: Path, is_wanted: Callable[[str], bool]) -> Iterator[str]:
    """All files below a folder, links followed."""
    entered: set[tuple[int, int]] = set()
    for path, folders, files in os.walk(folder, followlinks=True):
        status = os.stat(path)  # noqa: PTH116
        place = status.st_dev, status.st_ino
        if place in entered:
            folders.clear()  # links that lead in a circle
        else:
            entered.add(place)
            folders[:] = filter(is_wanted, folders)
            yield from (f"{path}/{name}" for name in files if is_wanted(name))


_REQUIRED = re.compile(rb"^Requires-Dist: *([\w.-]+)(?!.*\bextra *==)", re.MULTILINE)
_INSTALLED = re.compile(r"(.+)-(.+)\.dist-info")


def _versions(name: str) -> Iterator[bytes]:
    """The versions of Python, zlib, a distribution and all that it requires; of all there are, where it is not installed as one."""
    yield f"Python {sys.version_info[:3]}, zlib {zlib.ZLIB_RUNTIME_VERSION}".encode()
    installed = _installed()
    wanted = [name] if name in installed else list(installed)
    seen: set[str] = set()
    while wanted:
        known = installed.get(wanted.pop())
        if known and known.name not in seen:
            seen.add(known.name)
            header, _, _ = (known / "METADATA").read_bytes().partition(b"\n\n")
            wanted += [_normal(other.decode()) for other in _REQUIRED.findall(header)]
    yield from (name.encode() for name in sorted(seen))


def _installed() -> dict[str, Path]:
    """The records of all distributions that Python finds, by their names."""
    found: dict[str, Path] = {}
    for folder in map(Path, sys.path):
        with suppress(OSError):
            for name in os.listdir(folder):  # noqa: PTH208 - hundreds of names, few of which become paths
                if match := _INSTALLED.fullmatch(name):
                    found.setdefault(_normal(match[1]), folder / name)
    return found


def _normal(name: str) -> str:
    """The name of a distribution as it is compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _versions_of_system() -> Iterator[bytes]:
    """The versions of the system's libraries that lay out and write text, by their own word."""
    for name, ask in _LIBRARIES.items():
        try:
            version = ask(ctypes.CDLL(name))
        except (OSError, AttributeError):
            version = ""  # layout says what is missing
        yield f"{name} {version}".encode()


def _text_of(function: str) -> Callable[[ctypes.CDLL], str]:
    def ask(library: ctypes.CDLL) -> str:
        version = getattr(library, function)
        version.restype = ctypes.c_char_p
        return str(version(), "ascii")

    return ask


def _freetype(library: ctypes.CDLL) -> str:
    handle, numbers = ctypes.c_void_p(), [ctypes.c_int() for _ in range(3)]
    library.FT_Init_FreeType(ctypes.byref(handle))
    library.FT_Library_Version(handle, *map(ctypes.byref, numbers))
    library.FT_Done_FreeType(handle)
    return ".".join(str(number.value) for number in numbers)


_LIBRARIES: dict[str, Callable[[ctypes.CDLL], str]] = {
    "libpango-1.0.so.0": _text_of("pango_version_string"),
    "libharfbuzz.so.0": _text_of("hb_version_string"),
    "libfontconfig.so.1": lambda library: str(library.FcGetVersion()),
    "libfreetype.so.6": _freetype,
    "libfribidi.so.0": lambda library: repr(ctypes.c_char_p.in_dll(library, "fribidi_version_info").value),
}

_HEAD = 4096
"""Bytes of a font that tell it from every other of its size: the checksums of all its tables stand at its beginning."""
_FOLDER = re.compile(r'<dir(?P<is_xdg> prefix="xdg")?>(?P<path>.+?)</dir>')


def _is_font(name: str) -> bool:
    """Whether Fontconfig tries a file or a folder: it takes whatever FreeType can read, and leaves what is hidden."""
    return not name.startswith(".")


def _font_settings() -> Path:
    return data_folder("templates") / "document" / "fonts.conf"


@cache_shipped
def font_folders() -> tuple[Path, ...]:
    """The folders that Fontconfig looks into; what they hold is part of `layout`, where they are is not."""
    named = _FOLDER.finditer(_font_settings().read_text(encoding="utf-8"))
    above = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share")
    folders = ((above if match["is_xdg"] else Path()) / match["path"] for match in named)
    return tuple(Path(os.path.expanduser(folder)) for folder in folders)  # noqa: PTH111 - a user without a home is no error
