"""A PDF is the same bytes whatever the environment, the user and the folder say to the libraries that lay it out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from discgen.render.layout.surroundings import pin
from tests.conftest import Demo

SUBSTITUTING = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <match target="pattern"><edit name="family" mode="assign" binding="strong"><string>Liberation Mono</string></edit></match>
</fontconfig>
"""
# Fontconfig obeys FC_LANG as it does a Chinese LC_ALL, which this machine may not have.
CHINESE = {
    "FC_LANG": "zh-cn",
    "LC_ALL": "zh_CN.UTF-8",
    "LANG": "zh_CN.UTF-8",
    "LANGUAGE": "zh_CN:ja",
    "TZ": "Asia/Tokyo",
}
LIBRARIES = {
    "PANGO_LANGUAGE": "ja",
    "HB_SHAPER_LIST": "fallback",
    "FREETYPE_PROPERTIES": "cff:no-stem-darkening=0",
    "SOURCE_DATE_EPOCH": "1",
    "XDG_CONFIG_HOME": "/proc/none",  # nothing can be written there
    "XDG_CACHE_HOME": "/proc/none",
    "PYTHONHASHSEED": "7",
}


def digest(demo: Demo, more: Mapping[str, str], folder: Path) -> str:
    """Of the PDF that a process of its own builds in these surroundings."""
    fonts = os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local/share"))
    environment = {"PATH": os.environ["PATH"], "XDG_DATA_HOME": fonts, "HOME": str(folder), **more}
    command = [sys.executable, "-m", "discgen", "build", "-C", str(demo.workspace.root)]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    [path] = demo.workspace.root.glob("build/demo/*.pdf")
    return sha256(path.read_bytes()).hexdigest()


def substituting(folder: Path) -> dict[str, str]:
    """Ask for other fonts in all the ways there are; what must be said in the environment for it."""
    for name in ("xdg/fontconfig/fonts.conf", ".fonts.conf", "own/fonts.conf"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(SUBSTITUTING, encoding="utf-8")
    own = folder / "own"
    return {
        "XDG_CONFIG_HOME": str(folder / "xdg"),
        "FONTCONFIG_PATH": str(own),
        "FONTCONFIG_FILE": str(own / "fonts.conf"),
        "FONTCONFIG_SYSROOT": str(own),
    }


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Demo, str]:
    demo = Demo(tmp_path_factory.mktemp("demo"))
    return demo, digest(demo, {}, tmp_path_factory.mktemp("plain"))


@pytest.mark.parametrize("more", [CHINESE, LIBRARIES], ids=["Chinese", "libraries"])
def test_variables_change_no_byte(plain: tuple[Demo, str], more: dict[str, str], tmp_path: Path) -> None:
    demo, expected = plain
    assert digest(demo, more, tmp_path) == expected


def test_fonts_that_a_user_prefers_change_no_byte(plain: tuple[Demo, str], tmp_path: Path) -> None:
    """Fonts that a user has installed count; what lets them stand for others would make two files of the same data."""
    demo, expected = plain
    assert digest(demo, substituting(tmp_path), tmp_path) == expected


def test_what_is_none_of_the_libraries_stays_as_it_is() -> None:
    environment = {"LC_ALL": "zh_CN.UTF-8", "HOME": "x", "FC_LANG": "ja", "FONTCONFIG_PATH": "y", "HBX": "z"}
    pin(environment)
    assert environment.pop("FONTCONFIG_FILE").endswith("fonts.conf")
    assert environment == {"LC_ALL": "zh_CN.UTF-8", "HOME": "x", "HBX": "z", "FC_LANG": "en"}


NOTHING_INSTALLED = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>'
NO_FONTS = """
import os, sys
import discgen.render.layout  # which says where fonts are sought
from discgen.__main__ import main

os.environ["FONTCONFIG_FILE"] = sys.argv.pop()
main()
"""


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)


def refused(done: subprocess.CompletedProcess[str]) -> str:
    assert (done.returncode, done.stdout) == (2, "")
    said = done.stderr.splitlines()[-1]
    assert "make build" in said
    assert "apt-get install libpango-1.0-0" in said
    return said


@pytest.mark.parametrize("command", [("build", "-j", "1"), ("diff", "--pages")])
def test_without_any_font_nothing_is_laid_out(workspace: Demo, tmp_path: Path, command: tuple[str, ...]) -> None:
    settings = tmp_path / "fonts.conf"
    settings.write_text(NOTHING_INSTALLED, encoding="utf-8")
    done = run(NO_FONTS, *command, "-C", str(workspace.workspace.root), str(settings))
    assert "一个字体也没有" in refused(done)


def test_without_a_library_it_is_named(workspace: Demo, tmp_path: Path) -> None:
    (tmp_path / "libpango-1.0.so.0").touch()  # no library
    command = [sys.executable, "-m", "discgen", "build", "-j", "1", "-C", str(workspace.workspace.root)]
    environment = {**os.environ, "LD_LIBRARY_PATH": str(tmp_path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert "缺少排版用的系统库（cannot load library 'libpango-1.0" in refused(done)
