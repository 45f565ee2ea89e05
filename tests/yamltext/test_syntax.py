"""What is said of a file that YAML cannot read, whatever the release of the parser says of it."""

from __future__ import annotations

import pytest
import yaml
from yaml.parser import ParserError
from yaml.scanner import ScannerError

from discgen.yamltext.syntax import lines_in_question, syntax_error
from tests.conftest import Demo

TOLD = {
    "a: 'x\n": "1:4 第4列的引号'没有成对",
    'a: "x\nb: 1\n': '1:4 第4列的引号"没有成对',
    "a: 'x''\n": "1:4 第4列的引号'没有成对",
    "a: 'x\n---\nb: 1'\n": "1:4 第4列的引号'没有成对",
    'a: "C:\\docs"\n': "1:7 英文双引号里面的反斜杠“\\”后面不能是这个字",
    "a: 1\n'b'\nc: 2\n": "2:1 这一行缺少冒号，或冒号后面少了空格",
    "a: 1\n[b]\nc: 2\n": "2:1 这一行缺少冒号，或冒号后面少了空格",
    "a: 1\nb\nc: 2\n": "2:1 这一行缺少冒号，或冒号后面少了空格",
    "a: 1\nb\n": "2:1 这一行缺少冒号，或冒号后面少了空格",
    "{a:}\n": "1:3 冒号后面缺少空格和内容",
    "a: b: c\n": "1:5 第5列又有一个英文冒号，一行只能有一个",
    "a: 1\n b: 2\n": "2:3 第3列的冒号前面缩进不对",
    "a: - b\n": "1:4 “- ”和“? ”不能放在这里开头",
    ": b\n": "1:1 冒号前面没有键",
    "a: @b\n": "1:4 第4列的“@”不能放在开头",
    "a: *重点*\n": "1:4 第4列的“*”不能放在开头",
    "a: ！\nb: !（一）\n": "2:4 第4列的“!”不能放在开头",
    "a: &（一）\n": "1:4 第4列的“&”不能放在开头",
    "a: ]\n": "1:4 第4列的“]”不能放在开头",
    "%a: 1\n": "1:1 第1列的“%”不能放在开头",
    "a: >100万元\n": "1:4 “>”和“|”不能放在开头",
    "a: |0\n b\n": "1:4 “>”和“|”不能放在开头",
    "a: [1, 2\nb: 3\n": "1:4 第4列的“[”没有配上“]”，或里面少了英文逗号",
    "a: {b: 1 c: 2}\n": "1:4 第4列的“{”没有配上“}”，或里面少了英文逗号",
    "a: [\n": "2:1 前面的“[”或“{”到这里还没有配上",
    "a: [1,,2]\n": "1:7 前面的“[”或“{”到这里还没有配上",
    "a: 'b' c\n": "1:8 第8列：引号'已经写完，后面又有字",
    "a: [1]c\n": "1:7 第7列：“[”开头的已经写完，后面又有字",
    "[a]: b\n- c\n": "2:1 缩进没有对齐，或上一行的括号、引号没有写完",
    "a:\n  - b\n c: 1\n": "3:2 缩进没有对齐，或上一行的括号、引号没有写完",
    "- - a\n - b\n": "2:2 列表项的“-”没有对齐",
}


def stopped_by(text: str) -> yaml.MarkedYAMLError:
    with pytest.raises((ScannerError, ParserError)) as caught:
        list(yaml.parse(text, Loader=yaml.CSafeLoader))
    return caught.value


@pytest.mark.parametrize(("text", "told"), TOLD.items())
def test_it_is_said_what_is_wrong_and_where(text: str, told: str) -> None:
    found = syntax_error(stopped_by(text), text, "f")
    assert f"{found.place.line}:{found.place.column} {found.message}" == told


@pytest.mark.parametrize("text", TOLD)
def test_the_sentences_of_the_parser_are_not_read(text: str) -> None:
    """LibYAML 0.2.6 says otherwise what 0.2.5 said, and the next release may say all otherwise."""
    trouble = stopped_by(text)
    reworded = type(trouble)("elsewhere", trouble.context_mark, "something else", trouble.problem_mark)
    assert syntax_error(reworded, text, "f") == syntax_error(trouble, text, "f")
    assert lines_in_question(reworded) == lines_in_question(trouble)


def test_an_error_of_a_kind_that_is_not_known_is_told_at_the_beginning() -> None:
    found = syntax_error(yaml.YAMLError("new"), "a: 1\n", "f")
    assert (str(found.place), found.message) == ("f:1:1", "这里的写法不合YAML格式")
    assert lines_in_question(yaml.YAMLError("new")) == range(1, 2)


def test_a_target_in_braces_that_begins_with_a_greater_than_sign_is_told_the_sign_that_is_printed(
    workspace: Demo,
) -> None:
    workspace.edit("2023/projects/1-store.yaml", "≥10件", ">=10件")
    [finding] = workspace.check()
    assert finding.message.endswith("的“>”不能放在开头")
    assert finding.hint == "大于等于写成“≥”；别的给这段文字加上英文双引号"
