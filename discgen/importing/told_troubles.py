"""What stops an import to lines for a person: what is said of many cells alike is said of a few, and how many more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_CELL = re.compile(r"(?P<cell>.*?![A-Z]+[0-9]+) ")
_WHAT_DIFFERS = re.compile(r"“[^”]*”|[0-9][0-9,.]*")
_MOST_ALIKE = 3
"""How often the same is said of different cells."""
_MOST_OF_A_KIND = 20
"""How many messages are told that differ in what a cell holds only."""


def told_troubles(troubles: Sequence[str]) -> Iterator[str]:
    """The troubles in Chinese, those of a kind together where the first of them was, then their number."""
    kinds: dict[str, dict[str, list[str]]] = {}
    for trouble in troubles:
        said = _CELL.sub("", trouble, count=1)
        kinds.setdefault(_WHAT_DIFFERS.sub("", said), {}).setdefault(said, []).append(trouble)
    for of_kind in kinds.values():
        alike = list(of_kind.values())
        for group in alike[:_MOST_OF_A_KIND]:
            yield from (f"错误：{trouble}" for trouble in group[:_MOST_ALIKE])
            if len(group) > _MOST_ALIKE:
                yield f"  同样的还有{len(group) - _MOST_ALIKE}处"
        left = sum(map(len, alike[_MOST_OF_A_KIND:]))
        if left:
            yield f"  这一类的还有{left}处"
    yield f"共{len(troubles)}处，什么也没有写"
