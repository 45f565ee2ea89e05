"""What results rest on besides the data: every byte of it counts, and nothing else does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from discgen.identity import _is_font, font_folders
from discgen.reference.folders import data_folder

ROOT = Path(__file__).parents[1]
ASK = "import discgen.identity as i; print(i.code(), i.layout()); import sys; sys.exit('weasyprint' in sys.modules)"


class Identity(NamedTuple):
    code: str
    layout: str


class Installation:
    """A copy of the program, with a font and a library of its own beside those of the machine."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "installed"
        for name in ("discgen", "schema", "templates"):
            shutil.copytree(ROOT / name, self.root / name, ignore=shutil.ignore_patterns("__pycache__"))
        self.shared = folder / "share"
        self.font = self.shared / "fonts" / "below" / "Made.ttf"
        self.font.parent.mkdir(parents=True)
        self.font.write_bytes(bytes(10000))
        self.libraries = folder / "libraries"
        self.library("pydyf", "0.13.0")

    def library(self, name: str, version: str) -> None:
        """Let a library be found in this version before any other."""
        for old in self.libraries.glob(f"{name}-*"):
            shutil.rmtree(old)
        record = self.libraries / f"{name}-{version}.dist-info"
        record.mkdir(parents=True)
        (record / "METADATA").write_text("Metadata-Version: 2.1\n\n", encoding="utf-8")

    def identity(self, umask: int = -1, **environment: str) -> Identity:
        found = {"PYTHONPATH": f"{self.root}:{self.libraries}", "XDG_DATA_HOME": str(self.shared)}
        command = [sys.executable, "-B", "-c", ASK]
        merged = {**os.environ, **found, **environment}
        done = subprocess.run(
            command, cwd=self.root, env=merged, umask=umask, check=True, capture_output=True, text=True
        )
        return Identity(*done.stdout.split())


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Installation, Identity]:
    made = Installation(tmp_path_factory.mktemp("plain"))
    return made, made.identity()


@pytest.fixture
def changed(plain: tuple[Installation, Identity], tmp_path: Path) -> Installation:
    """A copy for a test to change. That it is elsewhere makes no difference."""
    made = Installation(tmp_path)
    assert made.identity() == plain[1]
    return made


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Asia/Tokyo"},
        {"LC_ALL": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8"},
        {"PYTHONHASHSEED": "7"},
        {"umask": 0o077},
        {"PANGO_LANGUAGE": "ja", "FC_LANG": "zh-cn", "FONTCONFIG_FILE": "/proc/none"},
    ],
    ids=["time zone", "locale", "hash seed", "umask", "what libraries read"],
)
def test_the_surroundings_make_no_difference(
    plain: tuple[Installation, Identity], surroundings: dict[str, str]
) -> None:
    made, expected = plain
    assert made.identity(**surroundings) == expected  # type: ignore[arg-type]


def appended(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


CODE_ONLY: dict[str, Callable[[Installation], object]] = {
    "a module": lambda made: appended(made.root / "discgen" / "money.py"),
    "a new module": lambda made: (made.root / "discgen" / "rules" / "new.py").touch(),
    "a schema": lambda made: appended(made.root / "schema" / "budget.schema.json"),
    "a form": lambda made: appended(made.root / "templates" / "forms" / "shanxi-budget-2023" / "form.yaml"),
    "the style sheet": lambda made: appended(made.root / "templates" / "document" / "document.css"),
    "a library": lambda made: made.library("jinja2", "9.9"),
}
LAYOUT_ONLY: dict[str, Callable[[Installation], object]] = {
    "a font's beginning": lambda made: made.font.write_bytes(b"\1" + bytes(9999)),
    "a font's size": lambda made: made.font.write_bytes(bytes(10001)),
    "a new font": lambda made: shutil.copy(made.font, made.font.with_name("Other.ttf")),
    "a font's place": lambda made: made.font.rename(made.shared / "fonts" / "Made.ttf"),
    "no font": lambda made: made.font.unlink(),
}
BOTH: dict[str, Callable[[Installation], object]] = {
    "the renderer": lambda made: appended(made.root / "discgen" / "render" / "layout" / "__init__.py"),
    "which fonts are seen": lambda made: appended(made.root / "templates" / "document" / "fonts.conf"),
    "a library of layout": lambda made: made.library("pydyf", "0.13.1"),
}


@pytest.mark.parametrize("change", [*CODE_ONLY, *LAYOUT_ONLY, *BOTH])
def test_a_change_makes_another_one(plain: tuple[Installation, Identity], changed: Installation, change: str) -> None:
    {**CODE_ONLY, **LAYOUT_ONLY, **BOTH}[change](changed)
    now, before = changed.identity(), plain[1]
    differ = (now.code != before.code, now.layout != before.layout)
    assert differ == (change not in LAYOUT_ONLY, change not in CODE_ONLY)


def test_a_font_that_cannot_be_read_and_links_in_a_circle_are_no_error(changed: Installation) -> None:
    (changed.font.parent / "circle").symlink_to(changed.shared)
    (changed.font.parent / "lost.ttf").symlink_to(changed.shared / "none")
    assert changed.identity().layout


def test_every_font_that_fontconfig_finds_is_looked_at() -> None:
    settings = data_folder("templates") / "document" / "fonts.conf"
    listed = subprocess.run(
        ["fc-list", "--format=%{file}\n"],
        env={**os.environ, "FONTCONFIG_FILE": str(settings)},
        capture_output=True,
        text=True,
        check=True,
    )
    found = set(map(Path, listed.stdout.splitlines()))
    folders = font_folders()
    assert found
    assert [path for path in found if not any(path.is_relative_to(folder) for folder in folders)] == []
    assert all(_is_font(part) for path in found for part in path.parts)
