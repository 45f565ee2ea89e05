from __future__ import annotations

import codecs

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from discgen.yamltext.compose import MAX_VALUES
from discgen.yamltext.read import examine_yaml, read_yaml
from discgen.yamltext.text import MAX_BYTES
from discgen.yamltext.tree import Node


def read(text: str) -> Node:
    tree, findings = read_yaml(text.encode(), "f.yaml")
    assert findings == []
    assert tree is not None
    return tree.root


def refused(data: str | bytes) -> list[str]:
    """`line:column code` of each finding, after making sure that no tree came with them."""
    tree, findings = read_yaml(data.encode() if isinstance(data, str) else data, "f.yaml")
    assert tree is None
    return [f"{finding.place.line}:{finding.place.column} {finding.code}" for finding in findings]


def said(data: str | bytes) -> str:
    _, findings = read_yaml(data.encode() if isinstance(data, str) else data, "f.yaml")
    return "\n".join(finding.message for finding in findings)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_lines_end_as_yaml_ends_them(ending: str) -> None:
    tree, findings = examine_yaml("a: 一\nb: 二 #三\n".replace("\n", ending).encode(), "f.yaml")
    assert tree is not None
    assert tree.lines[:2] == ("a: 一", "b: 二 #三")
    assert [(one.place.line, one.code) for one in findings if one.code == "L015"] == [(2, "L015")]


@pytest.mark.parametrize(
    ("scalar", "text"),
    [
        ("026", "026"),
        ("NO", "NO"),
        ("yes", "yes"),
        ("1.50", "1.50"),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        ("12:30", "12:30"),
        ("2022-11-24", "2022-11-24"),
        ('"~"', "~"),
        ('""', ""),
    ],
)
def test_a_scalar_stays_as_it_is_written(scalar: str, text: str) -> None:
    assert read(f"key: {scalar}\n") == {"key": text}


@pytest.mark.parametrize("nothing", ["", " ~", " null", " Null", " NULL"])
def test_a_value_left_empty_is_none(nothing: str) -> None:
    assert read(f"key:{nothing}\n") == {"key": None}


def test_lists_and_mappings_keep_their_order() -> None:
    assert read("b: [2, 1]\na: {d: x, c: y}\n") == {"b": ["2", "1"], "a": {"d": "x", "c": "y"}}
    root = read("b: 1\na: 2\n")
    assert isinstance(root, dict)
    assert list(root) == ["b", "a"]


def test_values_and_keys_know_their_line_and_column() -> None:
    tree, _ = read_yaml("收入:\n  - {fund: general, amount: 12}\n".encode(), "f.yaml")
    assert tree is not None
    assert str(tree.place(("收入", 0, "amount"))) == "f.yaml:2:29"
    assert str(tree.key_place(("收入", 0, "amount"))) == "f.yaml:2:21"


def test_an_absent_value_is_placed_at_its_holder() -> None:
    tree, _ = read_yaml(b"a:\n  b: 1\n", "f.yaml")
    assert tree is not None
    assert str(tree.place(("a", "missing"))) == "f.yaml:2:3"


def test_a_byte_order_mark_is_not_part_of_the_first_key() -> None:
    tree, findings = read_yaml(codecs.BOM_UTF8 + b"key: 1\n", "f.yaml")
    assert findings == []
    assert tree is not None
    assert tree.root == {"key": "1"}
    assert str(tree.key_place(("key",))) == "f.yaml:1:1"


def test_windows_line_ends_do_not_shift_lines() -> None:
    assert refused("a: 1\r\nb: 2\r\na: 3\r\n") == ["3:1 L009"]


def test_a_key_written_twice_is_refused_where_it_is_repeated() -> None:
    text = "income: 1\nexpenditure: 2\nincome: 3\n"
    assert refused(text) == ["3:1 L009"]
    assert said(text) == "“income”写了两次（第一次在第1行）"


def test_a_key_written_twice_inside_braces_is_refused() -> None:
    assert refused("rows:\n  - {fund: a, amount: 1, amount: 2}\n") == ["2:26 L009"]


def test_the_same_key_in_two_mappings_is_not_a_repetition() -> None:
    assert read("- {a: 1}\n- {a: 2}\n") == [{"a": "1"}, {"a": "2"}]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a:\n\tb: 1\n", ["2:1 L003"]),
        ("a: 1\t\nb:  x\n", ["1:5 L003"]),
        ("a: &name 1\n", ["1:4 L007"]),
        ("a: 1\nb: *name\n", ["2:4 L007"]),
        ("a: !!str 1\n", ["1:4 L008"]),
        ("a: !own {b: 1}\n", ["1:4 L008"]),
        ("a: {<<: {b: 1}}\n", ["1:5 L007"]),
        ("a: 1\n---\nb: 2\n", ["2:1 L006"]),
        ("a: 1\n? [b, c]\n: 2\n", ["2:3 L010"]),
        ("income：100\n", ["1:7 L004"]),
        ("a: 1\nb: 'open\n", ["2:4 L005"]),
        ("a: [1, 2\nb: 3\n", ["1:4 L005"]),
        ("a: 1\n  b: 2\n", ["2:4 L005"]),
        ("a: 100%\nb: %x\n", ["2:4 L005"]),
        ("a: x\x07y\n", ["1:5 L014"]),
        ('a: "x\\x07y"\n', ["1:4 L014"]),
        ('a: "\\ue000"\n', ["1:4 L014"]),
    ],
)
def test_what_a_clerk_cannot_mean_is_refused_at_its_place(text: str, places: list[str]) -> None:
    assert refused(text) == places


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a:\n\tb: 1\n", "这一行用了制表符（Tab）"),
        ("a: &name 1\n", "不用锚点（&）"),
        ("a: *name\n", "不用别名（*）"),
        ("a: !!str 1\n", "不用类型标记（!）"),
        ("<<: {b: 1}\n", "不用合并键（<<）"),
        ("a: 1\n---\nb: 2\n", "一个文件只放一份内容"),
        ("income：100\n", "第7列用了中文冒号“：”"),
        ("a: 'open\n", "第4列的引号'没有成对"),
        ("a: [1, 2\nb: 3\n", "第4列的“[”没有配上“]”，或里面少了英文逗号"),
        ("a: 1\nb: [\n", "前面的“[”或“{”到这里还没有配上"),
        ("a: 1\n  b: 2\n", "第4列的冒号前面缩进不对"),
        ("b: %x\n", "第4列的“%”不能放在开头"),
    ],
)
def test_a_refusal_says_in_chinese_what_is_wrong(text: str, message: str) -> None:
    assert said(text) == message


@pytest.mark.parametrize(
    ("scalar", "chinese"),
    [("a：b", "a：b"), ("见附件：一", "见附件：一")],
)
def test_a_full_width_colon_inside_a_value_is_text(scalar: str, chinese: str) -> None:
    assert read(f"key: {scalar}\n") == {"key": chinese}


def test_several_full_width_colons_are_all_reported() -> None:
    assert refused("form：a\nyear：2023\n") == ["1:5 L004", "2:5 L004"]


def test_a_full_width_colon_beside_good_lines_is_reported_at_its_line() -> None:
    assert refused("form: a\nyear：2023\nunit: 元\n") == ["2:5 L004"]


def test_all_that_is_refused_in_a_file_is_reported_at_once() -> None:
    text = "a: &x 1\nb: *x\na: 2\nc: !!int 3\n"
    assert refused(text) == ["1:4 L007", "2:4 L007", "3:1 L009", "4:4 L008"]


def test_what_was_refused_before_a_syntax_error_is_still_reported() -> None:
    assert refused("a: 1\na: 2\nb: 'open\n") == ["2:1 L009", "3:4 L005"]


def test_gbk_is_refused_at_its_first_wrong_byte() -> None:
    data = "name: a\ntitle: 部门\n".encode("gbk")
    assert refused(data) == ["2:8 L002"]
    assert said(data) == "文件不是UTF-8编码（像是GBK）"


def test_the_column_of_a_wrong_byte_counts_characters() -> None:
    data = "名称: ".encode() + b"\xff\xff"
    assert refused(data) == ["1:5 L002"]
    assert said(data) == "文件不是UTF-8编码（像是其他编码）"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_named(encoding: str) -> None:
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}[encoding]
    data = mark + "名称: 甲\n".encode(encoding)
    assert refused(data) == ["1:1 L002"]
    assert said(data) == "文件不是UTF-8编码（像是UTF-16）"


def test_a_file_above_the_limit_is_refused_and_one_at_the_limit_is_not() -> None:
    at_the_limit = b"a: 1\n#" + b"x" * (MAX_BYTES - 6)
    assert len(at_the_limit) == MAX_BYTES
    tree, _ = read_yaml(at_the_limit, "f.yaml")
    assert tree is not None
    assert refused(at_the_limit + b"x") == ["1:1 L001"]
    assert said(at_the_limit + b"x") == "文件有1,000,001字节，最多1,000,000字节"


def test_lists_nested_beyond_reason_are_refused() -> None:
    assert isinstance(read("[" * 20 + "]" * 20), list)
    assert refused("[" * 21 + "]" * 21) == ["1:21 L005"]
    assert said("[" * 3000) == "括号或缩进套得太深"


def test_keys_nested_beyond_reason_are_refused() -> None:
    assert refused("{" * 400)[0] == "1:2 L010"
    assert refused("? " * 400)[0] == "1:3 L010"


def test_anchors_and_tags_on_keys_are_refused_too() -> None:
    assert refused("&a form: x\n") == ["1:1 L007"]
    assert refused("!!str form: x\n") == ["1:1 L008"]


def test_text_that_goes_on_after_a_hash_is_not_taken_for_a_remark() -> None:
    assert refused("reason: 支出 #2号项目增加\n") == ["1:9 L015"]
    assert read("reason: 支出增加  # 待核\n") == {"reason": "支出增加"}
    assert read('reason: "支出 #2号项目增加"\n') == {"reason": "支出 #2号项目增加"}
    assert read("amount: 5 # 元\n") == {"amount": "5"}


def test_a_directive_line_is_refused() -> None:
    assert refused("%TAG ! tag:x,2000:\n---\na: 1\n") == ["1:1 L008"]


def test_characters_of_the_private_use_area_are_refused_where_they_stand() -> None:
    assert refused("name: 甲\ue000乙\nother: \uf8ff\n") == ["1:8 L014", "2:8 L014"]


def test_a_billion_laughs_is_refused_at_its_first_anchor() -> None:
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 30))
    found = refused("l0: &l0 [lol]\n" + levels)
    assert found[0] == "1:5 L007"
    assert len(found) == 30 + 29 * 10


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_fail(data: bytes) -> None:
    tree, findings = read_yaml(data, "f.yaml")
    assert (tree is None) == bool(findings)


@given(st.text(st.sampled_from("ab01 -:：,[]{}&*!?|>'\"#%\n\t\\~<."), max_size=40))
def test_no_yaml_like_text_makes_the_reader_fail(text: str) -> None:
    tree, findings = read_yaml(text.encode(), "f.yaml")
    assert (tree is None) == bool(findings)


_words = st.text("ab0 年：、#'\"-", max_size=6)
_trees = st.recursive(
    _words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=3), max_leaves=8
)


@given(st.dictionaries(_words, _trees, max_size=4))
def test_what_another_writer_wrote_is_read_back(root: dict[str, object]) -> None:
    written = yaml.safe_dump(root, allow_unicode=True, default_style='"')
    assert read(written.replace("!!str ", "")) == root


def test_a_file_with_more_values_than_any_list_admits_is_not_read_on() -> None:
    tree, (found,) = examine_yaml(b"- x\n" * (MAX_VALUES + 5), "f.yaml")
    assert tree is None
    assert (found.code, found.message, found.place.line) == ("L001", "文件里的值超过5万个，从这里起没有读", MAX_VALUES)


@pytest.mark.parametrize("text", ["[" * 10_000, "{a: " * 5_000, "- " * 10_000])
def test_what_is_nested_without_end_is_told_as_that(text: str) -> None:
    tree, (found,) = examine_yaml(text.encode(), "f.yaml")
    assert tree is None
    assert found.message == "括号或缩进套得太深"
