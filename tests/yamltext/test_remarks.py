from __future__ import annotations

from pathlib import Path

import pytest

from discgen.yamltext.read import examine_text
from discgen.yamltext.remarks import without_remarks

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("# 甲\na: 1\n", "#\na: 1\n"),
        ("a: 1  # 甲 # 乙\n\n  # 丙\nb: 2\n# 丁", "a: 1  #\n\n  #\nb: 2\n#"),
        ("a: b#1\nc: 'x # y'\nd: \"x # y\"\n", "a: b#1\nc: 'x # y'\nd: \"x # y\"\n"),
        ("a: |  # 甲\n  # 文\nb: 1 # 乙\n", "a: |  #\n  # 文\nb: 1 #\n"),
        ("a: |+  # 甲\n  文\n\n# 乙\nb: 1\n", "a: |+  #\n  文\n\n#\nb: 1\n"),
        ("a: >-\n  文 # 文\n# 甲\nb: 1\n", "a: >-\n  文 # 文\n#\nb: 1\n"),
        ("a: [1, # 甲\n  2] # 乙\n", "a: [1, #\n  2] #\n"),
        ("a:  # 甲\n  - x  # 乙\n  # 丙\n  - y\n", "a:  #\n  - x  #\n  #\n  - y\n"),
        ("a: 一\n  二 # 甲\n", "a: 一\n  二 #\n"),
    ],
)
def test_remarks_are_emptied_and_texts_kept(text: str, published: str) -> None:
    assert without_remarks(text) == published


@pytest.mark.parametrize("department", sorted((ROOT / "departments").iterdir()), ids=lambda path: path.name)
def test_a_file_without_remarks_says_the_same_at_the_same_places(department: Path) -> None:
    for path in department.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        _, before, _ = examine_text(text, path.name)
        _, after, findings = examine_text(without_remarks(text), path.name)
        assert before
        assert after
        assert (after.root, after.values, after.keys, findings) == (before.root, before.values, before.keys, [])
        assert "yaml-language-server" not in "".join(after.lines)
