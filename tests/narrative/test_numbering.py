"""Numbers of headings and of numbered paragraphs, as they stand under one another in every document there is."""

from __future__ import annotations

import re

import pytest

from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.narrative.blocks import Block, Heading, Paragraph
from discgen.pipeline import compose
from discgen.view.page import view_document
from tests.readback import ROOT

WORKSPACE = Workspace(ROOT)
STYLES = {
    "第一部分": "第[一二三四五六七八九十百]+部分 ",
    "一、": "[一二三四五六七八九十百]+、",
    "（一）": "（[一二三四五六七八九十百]+）",
    "1、": "[0-9]+、",
    "1.": r"[0-9]+\. ",
    "（1）": "（[0-9]+）",
}


def style(text: str) -> str:
    """How a text is numbered; empty where it is not."""
    return next((name for name, pattern in STYLES.items() if re.match(pattern, text)), "")


def numbered_like_what_is_above(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    """What is numbered in the style of a heading that it stands under, with that heading."""
    above: list[Heading] = []
    found = []
    for block in blocks:
        if isinstance(block, Heading):
            above = [heading for heading in above if heading.rank < block.rank]
        if isinstance(block, Heading | Paragraph) and style(block.text):
            alike = [heading.text for heading in above if style(heading.text) == style(block.text)]
            found += [(heading, block.text) for heading in alike]
        if isinstance(block, Heading):
            above.append(block)
    return found


@pytest.mark.parametrize("target", WORKSPACE.targets(), ids=str)
def test_nothing_is_numbered_in_the_style_of_a_heading_above_it(target: Target) -> None:
    document = compose(WORKSPACE, target).document
    assert document is not None
    assert numbered_like_what_is_above(document.text.blocks) == []


def test_one_below_another_of_its_style_is_found() -> None:
    blocks = (Heading(1, "一、概况"), Heading(2, "（一）职责"), Paragraph(()), Heading(3, "二、机构"))
    assert numbered_like_what_is_above(blocks) == [("一、概况", "二、机构")]


def test_parts_without_numbers_have_them_in_the_contents() -> None:
    document = compose(WORKSPACE, Target("wanli-street", 2025, "budget")).document
    assert document is not None
    parts = [entry.text for entry in view_document(document).contents if entry.level == 1]
    assert parts[:2] == ["一、部门主要职能", "二、部门机构设置"]
    assert next(block.text for block in document.text.blocks if isinstance(block, Heading)) == "部门主要职能"
