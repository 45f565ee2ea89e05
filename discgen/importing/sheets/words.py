"""The words that heads and cells are recognised by, from `templates/importing/words.yaml`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any, TypeAlias, TypeVar

from msgspec import Struct

from discgen.diagnostics import Diagnostic, error
from discgen.reference.decode import Read, decode
from discgen.reference.folders import cache_shipped, data_folder
from discgen.reference.vocabulary import terms
from discgen.validate.shipped import ShippedDataError, read_shipped_tree
from discgen.yamltext.tree import Tree

_BLANKS_AND_MARKS = re.compile(r"[\s“”\"'·‘’]+")
_YEAR = re.compile(r"^20\d\d(?:年度?)?(?=\D)")
_UNIT_IN_BRACKETS = re.compile(r"\((?:金额|计量)?(?:单位[::]?)?(?:人民币)?([十百千万亿]*元)\)")
_UNIT_NAMED = re.compile(r"单位[均都]?[为是]?:?\(?(?:人民币)?([十百千万亿]*元)\)?(?![^\s\d:(),;。])")
_FOOT = re.compile(r"^(注|说明|备注|填表|制表|审核|复核|负责人|编制|打印|导出)[^:]{0,4}:")
_PROJECT_CODE = re.compile(r"^\s*[0-9A-Z]{12,}\s*[-_—]\s*(?=\S)")
"""The code of a project before its name, of a letter and some twenty digits."""
CODE_LEVELS = {"class": 3, "group": 2, "item": 2}
"""How many digits a code has of its own at each level, 类, 款 and 项."""
ITEM_DIGITS = sum(CODE_LEVELS.values())
"""The digits of a code down to its 项."""
_PART_START = "其中:"
_TOTAL_ENDS = ("合计", "小计", "总计", "累计")
_TOTAL_IN_WORDS = re.compile(r"(?:合计|总计|共计)?(?:金额|人民币)?\(?大写\)?:?")
"""What stands before an amount in words: 合计（大写）：贰佰柒拾贰万元整."""
_CODE_BEFORE = re.compile(r"^[\[(]?[0-9]{1,9}[\])]?[-_.、:]?(?=[^0-9])")
"""A code before a word: `3-特定目标类`, `[111]一般公共预算资金`."""
_NATURES = ("nature", "category", "component")
"""The dimensions whose columns may hold the kinds of 支出项目."""

_DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    **{name: (name,) for name in ("source", "stage", "fund", "origin", "nature", "component", "unit_kind", "category")},
    "item": ("three_public_item", "procurement_item"),
}
"""The columns of text that hold values of the vocabulary, and of which of its dimensions."""

Dimensions: TypeAlias = Mapping[str, str]
T = TypeVar("T")


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A text without what two programs write differently: blanks, quotation marks, width, the year before it."""
    return _YEAR.sub("", bare(text))


def bare(text: str) -> str:
    """A text without blanks and quotation marks, in one width."""
    return _BLANKS_AND_MARKS.sub("", unicodedata.normalize("NFKC", text))


def project_key(name: str) -> str:
    """A project's name without what does not tell it from another: blanks, quotation marks, the width of brackets."""
    return bare(_PROJECT_CODE.sub("", name))


def project_name(text: str) -> str:
    """A project's name as a cell has it, in one line and without the code that a system writes before it."""
    return _PROJECT_CODE.sub("", in_one_line(text))


def in_one_line(name: str) -> str:
    """A name without the breaks that it has in a narrow cell."""
    return "".join(part.strip() for part in name.splitlines())


def without_unit(text: str) -> str:
    """A head as `plain` has it, without its （元） or （万元）."""
    return _YEAR.sub("", with_year(text))


def with_year(text: str) -> str:
    """The same with the year before it."""
    return _UNIT_IN_BRACKETS.sub("", bare(text))


def unit_in_head(text: str) -> str:
    """The unit (元, 万元, also one that amounts cannot be read in) that a head says in brackets, else ''."""
    match = _UNIT_IN_BRACKETS.search(plain(text))
    return match[1] if match else ""


def unit_named(text: str) -> str:
    """The unit (元, 万元, also one that amounts cannot be read in) that a line over a table says, else ''."""
    match = _UNIT_NAMED.search(plain(text))
    return match[1] if match else ""


def is_foot(text: str) -> bool:
    """Whether a text is a note under a table, or says who signed it: `注：`, `填表人：`."""
    return bool(_FOOT.match(plain(text)))


def _plain_words(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(plain, words))


def _by_plain_word(written: Mapping[str, T]) -> dict[str, T]:
    return {plain(word): value for word, value in written.items()}


def _questions_by_word(unclear: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {plain(word): question for question, words in unclear.items() for word in words}


def _plain_head(head: str) -> str:
    return "/".join(map(plain, head.split("/")))


def _columns_by_head(columns: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {_plain_head(head): name for name, heads in columns.items() for head in heads}


def _heads_twice(tree: Tree) -> Iterator[Diagnostic]:
    """M014: heads that two columns have, or one has twice; the later would take it from the earlier."""
    root: Any = tree.root
    first: dict[str, str] = {}
    for name, heads in root["columns"].items():
        for index, head in enumerate(heads):
            other = first.setdefault(_plain_head(head), name)
            if other != name or _plain_head(head) in map(_plain_head, heads[:index]):
                place = tree.place(("columns", name, index))
                yield error("M014", f"栏名“{head}”在{other}里已经写了", place, "一个栏名只指一栏，删去一处")


def _column_titles(data: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, str]:
    """The first Chinese word of each column."""
    columns = data["columns"]
    return {name: next((word for word in words if not word.isascii()), name) for name, words in columns.items()}


def _column_names(data: Mapping[str, Mapping[str, Sequence[str]]]) -> frozenset[str]:
    """All columns, and those of the levels of a code: `function_class`, `function_name_item`."""
    columns = data["columns"]
    codes = [name.removesuffix("_code") for name in columns if name.endswith("_code")]
    return frozenset(
        {*columns, *(f"{code}{of}_{level}" for code in codes for of in ("", "_name") for level in CODE_LEVELS)}
    )


_PlainWords: TypeAlias = Annotated[frozenset[str], Read(_plain_words)]


class Words(Struct, frozen=True):
    """What each recognised word means; all words as `plain` has them."""

    columns: Annotated[Mapping[str, str], Read(_columns_by_head)]
    names: Annotated[frozenset[str], Read(_column_names, whole=True)]
    """The names of all columns of text, those of the levels of a code among them."""
    column_titles: Annotated[Mapping[str, str], Read(_column_titles, whole=True)]
    """What columns of text are."""
    parts: Annotated[Mapping[str, Sequence[str]], Read(_by_plain_word)]
    """What the name of a column ends in that stands under another's head."""
    amounts: _PlainWords
    totals: _PlainWords
    neutral: _PlainWords
    harmless: _PlainWords
    compound: Annotated[Mapping[str, Dimensions], Read(_by_plain_word)]
    unclear: Annotated[Mapping[str, str], Read(_questions_by_word)]
    """What to ask of a word."""
    values: Mapping[str, Mapping[str, str]]
    """By dimension, the value of each word."""
    titles: Mapping[str, str]
    """What values are called in reports."""

    def of_values(self) -> set[str]:
        """The words of all dimensions."""
        return {word for by_word in self.values.values() for word in by_word}

    def is_total(self, text: str) -> bool:
        """Whether a row that says this is a total of others."""
        bare_text = plain(text).rstrip(":")
        return bare_text in self.totals or bare_text.endswith(_TOTAL_ENDS) or bool(_TOTAL_IN_WORDS.match(bare_text))

    def is_part(self, text: str) -> bool:
        """Whether a row that says this (其中：人员经费) is of money that other rows have."""
        return plain(text).startswith(_PART_START)

    def without_total(self, text: str) -> str:
        """What a text says before 合计 or 小计, or after 其中."""
        bare_text = plain(text).rstrip(":").removeprefix(_PART_START)
        return (
            ""
            if bare_text in self.totals
            else next((bare_text.removesuffix(end) for end in _TOTAL_ENDS if bare_text.endswith(end)), bare_text)
        )

    def meaning(self, dimension: str, text: str) -> Dimensions | None:
        """What a cell of a column says, which may be more than its own dimension; None for an unknown word.

        A code before the word, as in `111-一般公共预算资金`, is that of some system, and the word decides.
        """
        for candidate in (plain(text), self.without_code(text)):
            word = candidate.replace("-", "").replace("/", "")
            if dimension in _NATURES and word in self.compound:
                return self.compound[word]
            value = self.values.get(dimension, {}).get(word)
            if value:
                return {dimension: value}
        return None

    def without_code(self, text: str) -> str:
        """A cell as `plain` has it, without the code before the word."""
        return _CODE_BEFORE.sub("", plain(text))

    def question(self, text: str) -> str:
        """What to ask of a word that may mean one thing or another; '' for any other."""
        return self.unclear.get(plain(text)) or self.unclear.get(self.without_code(text), "")

    def known(self, dimension: str) -> tuple[str, ...]:
        """The words, one for each meaning, that a column of a dimension may hold."""
        own = [self.titles[value] for value in dict.fromkeys(self.values.get(dimension, {}).values())]
        kinds: dict[str, str] = {}
        for word, meaning in self.compound.items() if dimension in _NATURES else ():
            kinds.setdefault(str(meaning), word)
        return tuple(dict.fromkeys((*own, *kinds.values())))


@cache_shipped
def load_words() -> Words:
    """The words that ship with the program: heads of `templates/importing/words.yaml`, values of the vocabulary.

    Raises ShippedDataError where the file is wrong.
    """
    tree = read_shipped_tree(data_folder("templates") / "importing", "words.yaml", "importing")
    if twice := list(_heads_twice(tree)):
        raise ShippedDataError.of(twice)
    named = [(column, terms(dimension)) for column, dimensions in _DIMENSIONS.items() for dimension in dimensions]
    values: dict[str, dict[str, str]] = {column: {} for column in _DIMENSIONS}
    for column, values_named in named:
        for value, term in values_named.items():
            values[column] |= {plain(word): value for word in (value, term.name, term.short, *term.words)}
    titles = {value: term.short for _, values_named in named for value, term in values_named.items()}
    return decode(Words, tree, values=values, titles=titles)
