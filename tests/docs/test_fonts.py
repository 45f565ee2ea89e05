"""The fonts that are asked for, installed and named to the reader are the same."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
CSS = (ROOT / "templates" / "document" / "document.css").read_text(encoding="utf-8")


def body_families() -> list[str]:
    found = re.search(r"^html \{\s*font-family: ([^;]+);", CSS, re.MULTILINE)
    assert found is not None
    return [name.strip().strip('"') for name in found[1].split(",")]


def test_a_fangsong_is_installed_where_none_of_those_is_there_that_the_body_asks_for() -> None:
    script = (ROOT / "tools" / "install-fangsong.sh").read_text(encoding="utf-8")
    found = re.search(r"^for family in (.+); do$", script, re.MULTILINE)
    assert found is not None
    looked_for = re.findall(r'"[^"]+"|\S+', found[1])
    assert [name.strip('"') for name in looked_for] == body_families()[:-2]


def test_the_free_fonts_that_stand_in_are_named_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for family in ("FandolFang", "Noto Serif CJK SC", "Noto Sans CJK SC", "LXGW WenKai", "Liberation Serif"):
        assert family in CSS
        assert family in readme
