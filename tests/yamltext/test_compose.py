"""The nodes of a text: nothing of it is lost, whatever stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discgen.yamltext.compose import MAX_DEPTH, TooDeepError, compose
from discgen.yamltext.nodes import Collection, Scalar, text_of

ROOT = Path(__file__).parents[2]
TEXTS = (
    "",
    "# 只有备注\n",
    "a: 1  # 备注\n\n# 下一个\nb:\n  - x\n  - {c: 1,\n     d: [2, 3]}\n",
    "a: |  # 头\n  一\n\n  二\n\n\n# 后面\nb: >-\n  三\n",
    "a: \"一\n\n  二\" # 备注\nb: '三''四'\nc:\nd: ~\n- e\n",
    "? a\n: b\n? [x]\n: c\n",
    "x: [a: 1, {b: , ? c}]\n",
    "a: &x 1\nb: *x\n!t c: !!str d\n",
    "%YAML 1.1\n---\na: 1\n...\n---\nb: 2\n",
    "a:\tb\r\nc: d\u2028e: f\n",
    "a: [1, 2\nb: 3\n",
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_text_is_written_back_as_it_was(text: str) -> None:
    assert compose(text).written() == text


@given(st.text(alphabet="a:1 -#\n'\"[]{},|>&*!?%\t\r甲", max_size=60))
def test_any_text_is_written_back_as_it_was(text: str) -> None:
    assert compose(text).written() == text


@pytest.mark.parametrize("path", sorted((ROOT / "departments").rglob("*.yaml")), ids=str)
def test_a_file_of_the_departments_is_written_back_as_it_was(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert compose(text).written() == text


def test_a_node_knows_its_text_and_place() -> None:
    root = compose("# 头\na:\n  - {b: 甲  ,c: 2}  # 尾\n").root
    assert isinstance(root, Collection)
    (entry,) = root.entries
    assert (entry.name, text_of(entry)) == ("a", "a:\n  - {b: 甲  ,c: 2}")
    rows = entry.node
    assert isinstance(rows, Collection)
    first = rows.entries[0].node
    assert isinstance(first, Collection)
    value = first.entries[0].node
    assert isinstance(value, Scalar)
    assert (value.raw, value.line, value.column, value.start) == ("甲", 3, 9, 15)


def test_a_text_that_breaks_off_has_what_stands_before() -> None:
    document = compose("a: 1\nb:\n  c: [2\nd: 3\n")
    assert document.error
    root = document.root
    assert isinstance(root, Collection)
    assert [entry.name for entry in root.entries] == ["a", "b"]


def test_brackets_beyond_reason_are_not_entered() -> None:
    assert not compose("[" * MAX_DEPTH + "]" * MAX_DEPTH).error
    assert isinstance(compose("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).error, TooDeepError)
