"""A machine that cannot lay out says so before it tries, and what to install."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Demo

NOTHING_INSTALLED = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>'
NO_FONTS = """
import os, sys
import discgen.render.pdf  # which says where fonts are sought
from discgen.__main__ import main

os.environ["FONTCONFIG_FILE"] = sys.argv.pop()
main()
"""
NO_LIBRARY = """
import cffi
from discgen.__main__ import main

def missing(self, name, flags=0):
    raise OSError(f"cannot load library '{name}'")

cffi.FFI.dlopen = missing
main()
"""


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)


def refused(done: subprocess.CompletedProcess[str]) -> str:
    assert (done.returncode, done.stdout) == (2, "")
    (said,) = done.stderr.splitlines()
    assert "make build" in said
    assert "apt-get install libpango-1.0-0" in said
    return said


@pytest.mark.parametrize("command", [("build",), ("diff", "--pages")])
def test_without_any_font_nothing_is_laid_out(workspace: Demo, tmp_path: Path, command: tuple[str, ...]) -> None:
    settings = tmp_path / "fonts.conf"
    settings.write_text(NOTHING_INSTALLED, encoding="utf-8")
    done = run(NO_FONTS, *command, "-C", str(workspace.workspace.root), str(settings))
    assert "一个字体也没有" in refused(done)


def test_without_a_library_it_is_named(workspace: Demo) -> None:
    done = run(NO_LIBRARY, "build", "-C", str(workspace.workspace.root))
    assert "缺少排版用的系统库（cannot load library 'lib" in refused(done)


def test_a_home_that_may_not_be_written_to_is_no_matter(tmp_path: Path) -> None:
    chart = "from discgen.render.charts import bar_chart; bar_chart(['甲'], [1.0], ['1'], '万元')"
    settings = {"HOME": str(tmp_path / "none"), "XDG_CONFIG_HOME": "/proc/none", "XDG_CACHE_HOME": "/proc/none"}
    done = subprocess.run(
        [sys.executable, "-c", chart], env=os.environ | settings, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
