"""Every page for users is played: its commands run, what they print is what the page shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.page import matches, steps
from tests.docs.reader import Reader
from tests.readback import ROOT

PAGES = sorted(path for path in (ROOT / "docs").glob("*.md") if any(step.kind == "console" for step in steps(path)))


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_does_what_it_says(page: Path, tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    for step in steps(page):
        for command, printed in reader.do(step):
            assert matches(command.output, printed), f"line {command.line}: {command.text} printed\n{printed}"


def test_there_are_pages_to_play() -> None:
    assert PAGES
