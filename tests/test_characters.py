from __future__ import annotations

import unicodedata

import pytest

from discgen.characters import unfit, visible


def found(text: str) -> list[tuple[int, str | None]]:
    """Where unfit signs stand, and what should."""
    return [(one.start, one.right) for one in unfit(text)]


@pytest.mark.parametrize(
    ("text", "at", "right"),
    [
        ("党\ufffd建", 1, None),
        ("00.21\u202c万元", 5, None),
        ("软\u00ad件", 1, ""),
        ("部\u200b门", 1, ""),
        ("部门\ufeff", 2, ""),
        ("项\u3164目", 1, None),
        ("辻\ufe0f和", 1, ""),
        ("名\U000e0041称", 1, None),
        ("一\u0301人", 1, None),
        ("\u0301人", 0, None),
        ("⼯作", 0, "工"),
        ("意⻅", 1, "见"),
        ("⻌", 0, None),
        ("\uf900", 0, "\u8c48"),
        ("ﬁle", 0, "fi"),
        ("𝟑个", 0, "3"),
        ("٣个", 0, "3"),
        ("O\u0391系统", 1, None),
        ("\u0421\u0410证书", 0, None),
        ("第ニ批", 1, None),
        ("\u0378", 0, None),
        ("\U0001fffe", 0, None),
    ],
)
def test_a_sign_that_is_not_what_it_looks_like_is_found(text: str, at: int, right: str | None) -> None:
    assert found(text) == [(at, right)]


@pytest.mark.parametrize(
    "text",
    [
        "面积45973.6㎡，①②③，Ⅱ类，25℃，±5%，GB/T 9704—2012。",
        "α射线、μg、Ω，西里尔字母的俄文Россия，日文カード，é。",
        "བོད་ཡིག ༡༢",
        "ᠮᠣᠩᠭᠣᠯ᠎ᠠ ᠪᠢᠴᠢᠭ᠌",
        "ئۇيغۇر",
        "ꆈꌠꁱꂷ",
        "人名用字：𬀩、𫖯、\ufa0e。",
    ],
)
def test_ordinary_signs_and_those_of_national_minorities_are_not(text: str) -> None:
    assert found(text) == []


def test_every_kangxi_radical_has_its_character() -> None:
    for number in range(0x2F00, 0x2FD6):
        radical = chr(number)
        assert found(radical) == [(0, unicodedata.normalize("NFKC", radical))]


def test_signs_that_are_not_seen_are_shown_by_their_number() -> None:
    assert visible("增加\u202e00.21\u202c万元") == "增加[U+202E]00.21[U+202C]万元"


@pytest.mark.parametrize(
    ("text", "at", "right"),
    [
        ("二○二四年", 1, "〇"),
        ("二０二四年", 1, "〇"),
        ("二0二四年", 1, "〇"),
        ("2023年一2025年", 5, "—"),
        ("1月一3月", 2, "—"),
        ("甲\u2800乙", 1, None),
        ("\U0002f804", 0, "你"),
    ],
)
def test_a_sign_that_is_in_order_elsewhere_is_found_where_it_stands_for_another(text: str, at: int, right: str) -> None:
    """The zero of a year in Chinese numerals is 〇 (GB/T 15835), and no figure follows the numeral 一."""
    assert found(text) == [(at, right)]


@pytest.mark.parametrize(
    "text",
    [
        "二〇二四年",
        "二零二四年",
        "一○一中学",
        "一一0报警",
        "2023年一季度",
        "第一1号",
        "阿布都·买买提",
        "甲•乙",
        "项目①",
        "90㎡",
    ],
)
def test_what_is_read_as_it_is_written_is_left(text: str) -> None:
    """零 is read the same; ○ in a name, a bullet for the dot of a name and ㎡ show what they are, and nothing computes with them."""
    assert found(text) == []
