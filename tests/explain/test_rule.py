"""A rule in full, as text and as a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from discgen.errors import Refusal
from discgen.explain.rule import explain_rule, rule_pages
from discgen.rules.catalogue import load_rules
from tools.rule_pages import write_pages


def test_a_rule_is_told_with_all_that_its_page_says() -> None:
    page = load_rules()["R001"]
    told = explain_rule("R001")
    assert told.splitlines()[:2] == ["R001 收入总计等于支出总计", "勾稽·错误"]
    for said in (page.checks, page.reason, page.mend):
        assert f"    {said}" in told.splitlines()


def test_the_examples_are_told_as_a_clerk_would_see_them() -> None:
    told = explain_rule("L017").splitlines()
    at = told.index("会被指出的例子：“income”的冒号后面没有空格")
    assert told[at + 1 : at + 4] == ["    2023/narrative.yaml", "        reasons:", "          income:新增库房项目"]
    assert "`2023/narrative.yaml`\n\n```yaml\nreasons:\n  income:新增库房项目\n" in rule_pages()["L017.md"]


def test_no_example_shows_how_it_is_tested() -> None:
    assert not [code for code in load_rules() if "change:" in explain_rule(code).splitlines()]


def test_every_example_names_its_files_and_what_is_the_matter() -> None:
    with_example = [page.code for page in load_rules().values() if not page.without_example]
    assert len(with_example) > 100
    for code in with_example:
        told = explain_rule(code).splitlines()
        for title in ("会被指出的例子：", "改好以后："):
            (at,) = [number for number, line in enumerate(told) if line.startswith(title)]
            assert told[at] != title
            assert re.fullmatch(r" {4}\S(?:.*\S)?\.(?:yaml|txt)", told[at + 1]), code


def test_a_rule_without_example_says_why() -> None:
    without = [page for page in load_rules().values() if page.without_example]
    assert without
    for page in without:
        assert page.without_example in explain_rule(page.code)
        assert "会被指出的例子" not in explain_rule(page.code)


def test_every_rule_can_be_told() -> None:
    assert all(explain_rule(code).startswith(f"{code} {page.title}\n") for code, page in load_rules().items())


def test_a_code_may_be_written_small() -> None:
    assert explain_rule(" r001 ") == explain_rule("R001")


def test_a_letter_lists_the_codes_of_its_family() -> None:
    listed = explain_rule("f").splitlines()
    assert listed[:2] == ["F 字体", "    F001 字体里有用到的字"]
    assert len(listed) == 1 + sum(code[0] == "F" for code in load_rules())


def test_an_unknown_code_is_told_the_nearest() -> None:
    with pytest.raises(Refusal, match="没有编号“R01”。相近的有：R0"):
        explain_rule("R01")


def test_what_is_no_code_is_told_how_codes_look() -> None:
    with pytest.raises(Refusal, match="没有编号“勾稽”。编号是一个字母加三位数字：L 文件能不能读、"):
        explain_rule("勾稽")


def test_every_code_is_in_the_table_of_its_family() -> None:
    contents = rule_pages()["README.md"]
    assert "## R 勾稽" in contents
    for code, page in load_rules().items():
        assert contents.count(f"| [{code}]({code}.md) | {page.title} |") == 1


def test_every_code_gets_its_page_and_a_page_left_over_goes(tmp_path: Path) -> None:
    (tmp_path / "R999.md").write_text("# R999", encoding="utf-8")
    write_pages(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"README.md", *(f"{code}.md" for code in load_rules())}
    for code, page in load_rules().items():
        text = (tmp_path / f"{code}.md").read_text(encoding="utf-8")
        assert f"\n# {code} {page.title}\n" in text
        assert text.count("\n```yaml\n") == text.count("\n```\n") > 0 or page.without_example
