"""The words that heads are recognised by: each means one column."""

from __future__ import annotations

import re

import pytest

from discgen.importing.sheets.words import load_words
from discgen.validate.shipped import ShippedDataError
from tests.forms import Forms

WORDS = "../importing/words.yaml"


@pytest.mark.parametrize(("word", "column"), [("支出性质", "nature"), ("资 金性质", "fund"), ("category", "category")])
def test_a_head_that_is_written_twice_is_told(forms: Forms, word: str, column: str) -> None:
    forms.edit(WORDS, "  category: [category, ", f"  category: [category, {word}, ")
    with pytest.raises(ShippedDataError, match=re.escape(f"栏名“{word}”在{column}里已经写了")):
        load_words()


def test_a_column_is_called_by_its_first_chinese_word(forms: Forms) -> None:
    forms.edit(WORDS, "  fund: [fund, ", "  fund: [fund, 资金渠道, ")
    assert load_words().columns["资金渠道"] == "fund"
    assert load_words().column_titles["fund"] == "资金渠道"
