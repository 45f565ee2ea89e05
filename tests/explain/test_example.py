"""What the examples of codes change: each a little in the department of `schema/rules/base/`, the rest as it is there."""

from __future__ import annotations

import difflib

import pytest

from discgen.explain.example import base_files, read_examples
from discgen.rules.catalogue import load_rules


def changed_lines(code: str, name: str, *, mended: bool = False) -> list[str]:
    """The lines that an example takes out of a file and puts in, as a diff writes them."""
    bad, good = read_examples(code)
    before, after = (bad.files, good.files) if mended else (base_files(), bad.files)
    lines = difflib.ndiff(before[name].splitlines(), after[name].splitlines())
    return [f"{line[0]} {line[2:].strip()}" for line in lines if line[0] in "-+"]


def test_a_value_is_set_where_it_is_named() -> None:
    assert changed_lines("R001", "2023/budget.yaml") == [
        "- - {function: 2010301, basic: 61, project: 27}",
        "+ - {function: 2010301, basic: 62, project: 27}",
    ]


def test_a_key_that_is_not_there_yet_is_set() -> None:
    assert changed_lines("A006", "2023/budget.yaml") == ["+ performance: {units: 3, projects: 2, amount: 36}"]


def test_items_are_added_at_the_end_of_their_list() -> None:
    assert changed_lines("R017", "2023/budget.yaml") == ["+ - {function: 2010302, basic: 0}"]


def test_a_key_is_dropped() -> None:
    assert changed_lines("P006", "2023/narrative.yaml") == ["- income: 新增库房项目"]


def test_the_text_is_changed_where_no_yaml_could_say_it() -> None:
    assert changed_lines("L017", "2023/narrative.yaml") == ["- income: 新增库房项目", "+ income:新增库房项目"]
    assert "\tamount: 100\n" in read_examples("L003")[0].files["2023/budget.yaml"]
    assert "指导档案馆\ue001的业务。" in read_examples("L014")[0].files["2023/narrative.yaml"]


def test_files_are_added_and_taken_away() -> None:
    bad, good = read_examples("L016")
    assert bad.files.keys() - base_files().keys() == {"2023/projects/basis.txt"}
    assert good.files.keys() - base_files().keys() == {"2023/basis.txt"}


def test_a_good_example_goes_on_from_the_bad_one() -> None:
    assert changed_lines("A001", "2023/budget.yaml", mended=True) == [
        "- owned_by_use: {confidential: 1}",
        "+ owned_by_use: {confidential: 1, other: 1}",
    ]


def test_what_an_example_does_not_name_is_not_shown() -> None:
    bad, good = read_examples("R001")
    for example in (bad, good):
        assert [text.partition(":")[0] for text in example.shown.values()] == ["expenditure"]


def test_a_key_that_was_dropped_is_shown_as_left_out() -> None:
    assert read_examples("M006")[1].shown["2023/budget.yaml"] == "# 不写prior"


@pytest.mark.parametrize("code", [code for code, page in load_rules().items() if not page.without_example])
def test_both_examples_change_something(code: str) -> None:
    bad, good = read_examples(code)
    assert bad.files != base_files()
    assert good.files != bad.files
