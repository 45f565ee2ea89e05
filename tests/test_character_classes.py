"""Classes of characters match the same, whether Python goes through their ranges or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from discgen.character_classes import compile_long_ranges_as_written
from discgen.characters import UNPRINTABLE

COMPILER: Any = import_module("re._compiler")
SHORTEN = "_optimize_charset"


@pytest.fixture(autouse=True)
def _patterns_compiled_anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(COMPILER, SHORTEN, getattr(COMPILER, SHORTEN))  # put back afterwards
    re.purge()
    yield
    re.purge()


CLASSES = [
    "[㐀-鿿]",
    "[^㐀-鿿]",
    "[㐀-鿿，。；：、！？（）《》“”‘’〔〕【】]",
    r"[^\W\d_⺀-⿟㐀-鿿豈-﫿]",
    r"[\w㐀-鿿]",
    "[^\n -~　-〩㐀-䶿一-鿿！-～]",
    "[々-〇㐀-鿿\U00020000-\U000323af]",
    "(?i:[a-zа-я㐀-鿿])",
    "(?i:[^K一-鿿])",
    UNPRINTABLE.pattern,
]


def matched(pattern: str) -> str:
    """All characters that a class has, of those up to the last that is assigned beyond the first plane."""
    return "".join(re.compile(pattern).findall("".join(map(chr, range(0x33000)))))


@pytest.mark.parametrize("pattern", CLASSES)
def test_a_class_has_the_same_characters(pattern: str) -> None:
    expected = matched(pattern)
    re.purge()
    compile_long_ranges_as_written()
    assert matched(pattern) == expected


@pytest.mark.parametrize("pattern", ["(?<=[㐀-鿿]) +(?=[㐀-鿿])", "([一-鿿]{2,8})\\1", "[㐀-鿿]+|[0-9]+", "x[^一-鿿]"])
def test_expressions_find_the_same(pattern: str) -> None:
    text = "第 一 条 of 12，一一 二二x三x4 慢慢 慢慢"
    expected = [match.span() for match in re.finditer(pattern, text)]
    re.purge()
    compile_long_ranges_as_written()
    assert [match.span() for match in re.finditer(pattern, text)] == expected


def test_long_ranges_are_not_gone_through_and_short_ones_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(COMPILER, SHORTEN, lambda *_: pytest.fail("gone through"))
    compile_long_ranges_as_written()
    assert re.match("[㐀-鿿]", "一")
    with pytest.raises(pytest.fail.Exception, match="gone through"):
        re.compile("[a-z]x")


@pytest.mark.parametrize("name", [SHORTEN, "RANGE"])
def test_another_release_of_python_is_left_alone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(COMPILER, name)
    before = dict(vars(COMPILER))
    compile_long_ranges_as_written()
    assert vars(COMPILER) == before


def test_a_newer_release_of_python_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.version_info", (3, 99))
    before = dict(vars(COMPILER))
    compile_long_ranges_as_written()
    assert vars(COMPILER) == before
