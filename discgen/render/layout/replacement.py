"""What of WeasyPrint is replaced: each module says so in one table, and `engine` puts all of them in place."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any, NamedTuple


class Replacement(NamedTuple):
    """A function or class of WeasyPrint, where it stands, and what stands there instead."""

    owner: Any
    name: str
    own: Any
    ours: Any


def put_in_place(replacements: Iterable[Replacement]) -> None:
    """Have WeasyPrint use ours."""
    for owner, name, _, ours in replacements:
        setattr(owner, name, ours)


def take_back(replacements: Iterable[Replacement]) -> None:
    """Have WeasyPrint use its own."""
    for owner, name, own, _ in replacements:
        setattr(owner, name, own)


def replacement(owner: Any, name: str, ours: Any) -> Replacement:
    """What stands in a module or class, to be replaced there."""
    return Replacement(owner, name, getattr(owner, name), ours)


def everywhere(owner: Any, name: str, ours: Any) -> tuple[Replacement, ...]:
    """A function of a module, to be replaced wherever in WeasyPrint it was imported from there."""
    own = getattr(owner, name)
    modules = [module for at, module in sorted(sys.modules.items()) if at.partition(".")[0] == "weasyprint"]
    return tuple(Replacement(module, name, own, ours) for module in modules if vars(module).get(name) is own)
