"""What is compared with what: of a great many signs by a way whose work grows no faster than they do."""

from __future__ import annotations

import random
from difflib import SequenceMatcher

import pytest

from discgen.compare import texts as module
from discgen.compare.texts import likeness, marked, pair_texts

LEAST = 0.5


def made_up(length: int, chance: random.Random) -> str:
    return "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(length))


@pytest.fixture
def no_matching(monkeypatch: pytest.MonkeyPatch) -> None:
    """Comparing sign by sign takes minutes here; nothing may ask for it."""

    def refuse(*_: object) -> None:
        raise AssertionError("compared sign by sign")

    monkeypatch.setattr(SequenceMatcher, "get_opcodes", refuse)
    monkeypatch.setattr(SequenceMatcher, "ratio", refuse)


@pytest.mark.usefixtures("no_matching")
@pytest.mark.parametrize("swapped", [False, True])
def test_of_many_long_texts_each_finds_what_it_became(*, swapped: bool) -> None:
    chance = random.Random(1)
    before = [made_up(1_000, chance) for _ in range(40)]
    after = [f"{text[:300]}改{text[320:]}" for text in before]
    chance.shuffle(after)
    sides = (after, before) if swapped else (before, after)
    found = pair_texts(*sides, LEAST)
    assert len(found) == len(before)
    assert all(sides[0][left][:300] == sides[1][right][:300] for left, right in found)


@pytest.mark.usefixtures("no_matching")
def test_texts_of_which_none_says_more_than_the_others_are_not_paired() -> None:
    assert pair_texts(["管理" * 2_500] * 60, ["管理" * 2_400] * 60, LEAST) == []


@pytest.mark.usefixtures("no_matching")
def test_two_long_texts_are_as_alike_as_their_signs_by_two() -> None:
    text = "中" * 5_000
    assert likeness(text, text[:2_500] + "文" * 2_500) == pytest.approx(0.5, abs=0.001)
    assert likeness(text, "文" * 5_000) == 0
    assert likeness(text, text) == 1


@pytest.mark.usefixtures("no_matching")
def test_of_a_long_text_what_is_between_its_ends_differs() -> None:
    before, after = f"头{'旧' * 2_000}尾", f"头{'新' * 1_999}尾"
    assert marked(before, after) == (
        (("头", False), ("旧" * 2_000, True), ("尾", False)),
        (("头", False), ("新" * 1_999, True), ("尾", False)),
    )


def test_a_short_list_is_compared_each_with_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_by_pieces", None)
    assert pair_texts(["负责审批", "负责监督检查"], ["负责检查", "负责审批服务"], LEAST) == [(0, 1), (1, 0)]
