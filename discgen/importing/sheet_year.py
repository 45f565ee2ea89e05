"""The years that a sheet says it is of, on its tab and in the lines over its heads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from discgen.importing.sheet import Sheet
from discgen.importing.words import bare

_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})年(?![0-9]{1,2}月)")
"""A year, not the day on which something was printed."""
_ON_A_TAB = re.compile(r"20[0-9]{2}")


def other_year(texts: Iterable[str], year: int) -> str:
    """The year that texts are of where they name years and not this one, else ''."""
    found = [one for text in texts for one in _YEAR.findall(bare(text))]
    return found[0] if found and str(year) not in found else ""


def year_troubles(sheet: Sheet, heads: int, year: int) -> Iterator[str]:
    """What to say, in Chinese, of a sheet of another year by its tab or by the lines over its `heads`."""
    tab = f"{sheet.name}年" if _ON_A_TAB.fullmatch(sheet.name) else sheet.name
    found = other_year([tab, *(text for row in sheet.rows[:heads] for text in row)], year)
    if found:
        yield f"{sheet.title} 写的是{found}年，要导入的是{year}年：放错了的，换成本年的；标题没有改的，改好再导入"
