"""The canonical form of one file: what is moved, what is left, and that nothing is lost."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discgen.fmt.canonical import canonical
from discgen.yamltext.nodes import UneditableError
from discgen.yamltext.proof import assert_same
from discgen.yamltext.read import read_yaml
from discgen.yamltext.tree import Node

ROOT = Path(__file__).parents[2]
FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "departments").rglob("*.yaml"))
BUDGET = "departments/demo/2023/budget.yaml"
PROJECT = "departments/demo/2023/projects/1-a.yaml"
SCHEMA = "# yaml-language-server: $schema=../../../schema/budget.schema.json\n"
PROJECT_SCHEMA = "# yaml-language-server: $schema=../../../../schema/project.schema.json\n"


def tree(text: str) -> Node:
    read, findings = read_yaml(text.encode(), "x.yaml")
    assert findings == []
    assert read is not None
    return read.root


def budget(text: str) -> str:
    """The canonical form of a budget less its first line, which names the schema."""
    done = canonical(text, BUDGET)
    assert canonical(done, BUDGET) == done
    assert done.startswith(SCHEMA)
    return done.removeprefix(SCHEMA)


@pytest.mark.parametrize(
    ("file", "line"),
    [
        (BUDGET, SCHEMA),
        (PROJECT, PROJECT_SCHEMA),
        ("departments/demo/department.yaml", "# yaml-language-server: $schema=../../schema/department.schema.json\n"),
        (
            "departments/demo/2023/accounts-narrative.yaml",
            "# yaml-language-server: $schema=../../../schema/narrative.schema.json\n",
        ),
    ],
)
def test_the_schema_line_is_added_with_its_path(file: str, line: str) -> None:
    assert canonical("name: 甲\n", file) == f"{line}name: 甲\n"


def test_a_schema_line_that_leads_elsewhere_is_mended_and_stands_first() -> None:
    assert budget("# 甲\n# yaml-language-server: $schema=../budget.schema.json\nyear: 2023\n") == "# 甲\nyear: 2023\n"


def test_a_schema_line_at_the_end_stands_first_too() -> None:
    assert budget("year: 2023\n\n# yaml-language-server: $schema=x.json\n") == "year: 2023\n"


def test_a_schema_on_the_net_is_its_author_s_choice() -> None:
    text = "# yaml-language-server: $schema=https://example.org/budget.json\nyear: 2023\n"
    assert canonical(text, BUDGET) == text


def test_keys_are_ordered_as_in_the_schema_and_unknown_ones_stay_last() -> None:
    assert budget("乙: 1\nunit: 元\n甲: 2\nform: x\nyear: 2023\n") == "form: x\nyear: 2023\nunit: 元\n乙: 1\n甲: 2\n"


def test_keys_of_rows_are_ordered_too() -> None:
    assert budget("income:\n  - {amount: 1, fund: general}\n") == "income:\n  - {fund: general, amount: 1}\n"


def test_keys_that_the_author_chooses_keep_their_order() -> None:
    text = PROJECT_SCHEMA + "goal_sheet:\n  indicators:\n    质量指标: []\n    数量指标: []\n"
    assert canonical(text, PROJECT) == text


def test_indentation_becomes_two_blanks() -> None:
    assert budget("assets:\n    vehicles:\n        owned: 2\n") == "assets:\n  vehicles:\n    owned: 2\n"


def test_items_of_a_list_stand_two_blanks_in() -> None:
    assert budget("merged_from:\n-   a\n-   b\n") == "merged_from:\n  - a\n  - b\n"


def test_a_row_over_several_lines_is_put_on_one() -> None:
    text = "income:\n  - fund: general\n    amount: 1\n  - {fund: general,\n     amount: 2}\n"
    assert budget(text) == "income:\n  - {fund: general, amount: 1}\n  - {fund: general, amount: 2}\n"


def test_an_indicator_with_two_targets_is_a_row() -> None:
    text = "goal_sheet:\n  indicators:\n    甲:\n      - name: 乙\n        target:\n          annual: 1\n"
    done = "goal_sheet:\n  indicators:\n    甲:\n      - {name: 乙, target: {annual: 1}}\n"
    assert canonical(text, PROJECT) == PROJECT_SCHEMA + done


@pytest.mark.parametrize(
    "row",
    [
        "  - fund: general  # 甲\n    amount: 1\n",  # the remark would have no place
        "  - fund: a,b\n    amount: 1\n",  # quotation marks would be needed
        "  - {fund: general, # 甲\n    amount: 1}\n",
    ],
)
def test_a_row_that_does_not_fit_on_one_line_is_left(row: str) -> None:
    assert budget(f"income:\n{row}") == f"income:\n{row}"


def test_items_of_units_and_waivers_are_blocks() -> None:
    file = "departments/demo/2023/waivers.yaml"
    done = canonical("waivers:\n  - {at: x, code: G001}   # 甲\n", file)
    assert done.split("\n", 1)[1] == "waivers:\n  # 甲\n  - code: G001\n    at: x\n"


@pytest.mark.parametrize(
    "value", ["026", '"019001"', "'1'", "1e6", "0x1F", "12.50", "NO", "~", '"{{ a | 万元 }}"', "1:1"]
)
def test_a_scalar_stays_as_it_is_written(value: str) -> None:
    assert budget(f"form: {value}\nincome:\n  - {{amount: {value}}}\n") == (
        f"form: {value}\nincome:\n  - {{amount: {value}}}\n"
    )


@pytest.mark.parametrize("prose", ["甲\n  乙", '"甲\n\n  乙"', "|\n  甲\n   乙\n\n  丙", ">-\n  甲\n  乙"])
def test_prose_over_several_lines_is_set_in_and_no_more(prose: str) -> None:
    wide = prose.replace("\n  ", "\n        ")
    assert budget(f"form: {wide}\nyear: 1\n") == f"form: {prose}\nyear: 1\n"


def test_blanks_at_the_end_and_empty_lines_go() -> None:
    assert budget("\n\nform: x  \n\n\nincome:   \n\n  - {amount: 1} \n\n") == "form: x\n\nincome:\n  - {amount: 1}\n"


def test_a_text_is_written_with_lf_however_it_was_read() -> None:
    assert budget("form: x\r\nyear: 1\r\n") == "form: x\nyear: 1\n"


def test_a_remark_goes_with_the_key_below_it() -> None:
    assert budget("# 乙\nyear: 1\n# 甲\nform: x\n") == "# 甲\nform: x\n# 乙\nyear: 1\n"


def test_a_remark_on_the_whole_file_stays_first() -> None:
    assert budget("# 全文\n\nyear: 1\nform: x\n") == "# 全文\n\nform: x\nyear: 1\n"


def test_a_remark_set_further_in_ends_the_block_above() -> None:
    text = "income:\n  - {amount: 1}\n  # 完\nform: x\n"
    assert budget(text) == "form: x\nincome:\n  - {amount: 1}\n  # 完\n"


def test_a_block_keeps_the_empty_line_above_its_last_remark_when_it_comes_to_be_the_last() -> None:
    text = "income:\n  - {amount: 1}\n\n  # 完\nform: x\n"
    assert budget(text) == "form: x\nincome:\n  - {amount: 1}\n\n  # 完\n"


def test_a_remark_at_the_end_of_a_line_keeps_its_column_and_what_goes_on_below_it() -> None:
    text = "income:       # 甲\n              # 乙\n  - {amount: 1}  # 丙\n"
    assert budget(text) == text


def test_remarks_within_an_item_stand_above_it_when_another_key_comes_first() -> None:
    text = "units:\n  -   # 甲\n    name: a\n    # 乙\n    id: b\n"
    done = canonical(text, "departments/demo/department.yaml")
    assert done.split("\n", 1)[1] == "units:\n  # 甲\n  # 乙\n  - id: b\n    name: a\n"


@pytest.mark.parametrize(
    "text", ["- a\n", "# 甲\n", "{form: x}\n# 甲\n", "form: |2\n    x\n", "? form\n: x\n", "form: x\u2028y\n"]
)
def test_what_cannot_be_put_in_order_is_refused(text: str) -> None:
    with pytest.raises(UneditableError):
        canonical(text, BUDGET)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("code: 026\n", "code: 26\n"),
        ("code: 026\n", 'code: "026"\n'),
        ("code: 026  # 甲\n", "code: 026\n"),
        ("a: 1\nb: 2\n", "a: 2\nb: 1\n"),
        ("a: |  # 甲\n  x\n", "a: |\n  x\n"),
        ("a: x\n", "a: [\n"),
    ],
)
def test_the_proof_sees_what_is_lost(before: str, after: str) -> None:
    with pytest.raises(UneditableError):
        assert_same(before, after, BUDGET)


@pytest.mark.parametrize("file", FILES)
def test_a_file_of_the_departments_is_the_same_facts_and_stays_put(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    done = canonical(text, file)
    assert tree(done) == tree(text)
    assert canonical(done, file) == done


_KEY = re.compile(r"[^\s#-][^:]*:")
_ROW = re.compile(r"(\s*- \{)([^{}\"'\[\]]*)(\}.*)")


def _shuffled(draw: st.DrawFn, lines: list[str], indent: int) -> list[str]:
    """The lines with the keys at `indent`, and those within them, in another order; what is not a key stays."""
    starts = [
        at for at, line in enumerate(lines) if line[:indent].isspace() | (indent == 0) and _KEY.match(line[indent:])
    ]
    if not starts:
        return lines
    bounds = [*starts, len(lines)]
    chunks = [lines[start:end] for start, end in pairwise(bounds)]
    chunks = [[chunk[0], *_shuffled(draw, chunk[1:], indent + 2)] for chunk in chunks]
    return [*lines[: starts[0]], *(line for chunk in draw(st.permutations(chunks)) for line in chunk)]


def _with_row_shuffled(draw: st.DrawFn, line: str) -> str:
    row = _ROW.fullmatch(line)
    return f"{row[1]}{', '.join(draw(st.permutations(row[2].split(', '))))}{row[3]}" if row else line


@st.composite
def disturbed(draw: st.DrawFn) -> tuple[str, str, list[str]]:
    """A file of the departments, its text with keys shuffled, lines inserted, and the remarks among them."""
    file = draw(st.sampled_from(FILES))
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    lines = [_with_row_shuffled(draw, line) for line in _shuffled(draw, lines, 0)]
    remarks = []
    for number in range(draw(st.integers(0, 8))):
        at, indent = draw(st.integers(0, len(lines))), draw(st.integers(0, 12))
        kind = draw(st.sampled_from(["empty", "remark", "end"]))
        if kind == "empty":
            lines.insert(at, " " * indent)
            continue
        remarks.append(f"# 添加的备注{number}")
        if kind == "end" and at < len(lines) and lines[at].strip() and "#" not in lines[at]:
            lines[at] += " " * (2 + indent) + remarks[-1]
        else:
            lines.insert(at, " " * indent + remarks[-1])
    return file, "\n".join(lines) + "\n" * draw(st.integers(0, 3)), remarks


def _remarks(text: str) -> Counter[str]:
    return Counter(re.findall(r"(?m)(?:^|\s)(#.*?)\s*$", text))


@pytest.mark.slow
@settings(max_examples=300)
@given(disturbed())
def test_a_disturbed_file_keeps_its_facts_and_remarks_and_settles_at_once(drawn: tuple[str, str, list[str]]) -> None:
    file, text, added = drawn
    done = canonical(text, file)
    assert tree(done) == tree(text) == tree((ROOT / file).read_text(encoding="utf-8"))
    assert _remarks(done) == _remarks(text)
    assert all(remark in done for remark in added)
    assert canonical(done, file) == done


@st.composite
def with_rows_shuffled(draw: st.DrawFn) -> tuple[str, str]:
    """A file of the departments, and its text with the keys of its rows in another order."""
    file = draw(st.sampled_from(FILES))
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return file, "\n".join(_with_row_shuffled(draw, line) for line in lines)


@pytest.mark.slow
@settings(max_examples=100)
@given(with_rows_shuffled())
def test_rows_have_one_order_whatever_they_had(drawn: tuple[str, str]) -> None:
    file, text = drawn
    assert canonical(text, file) == canonical((ROOT / file).read_text(encoding="utf-8"), file)
