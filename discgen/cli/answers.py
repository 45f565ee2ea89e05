"""Answers to prompts as people give them, turned into the one word that files know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import click

from discgen.model.disclosure import Level
from discgen.model.line import UnitKind


class Answer(click.Choice[str]):
    """One of several words, each of which may also be said otherwise."""

    def __init__(self, choices: Iterable[str], otherwise: Mapping[str, str]) -> None:
        super().__init__(list(choices))
        self._otherwise = otherwise

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word that is meant."""
        said = str(value).strip()
        return super().convert(self._otherwise.get(said, said), param, ctx)


class YearAnswer(click.IntRange):
    """A year, with or without 年."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number of the year."""
        said: Any = str(value).strip().removesuffix("度").removesuffix("年")
        return super().convert(said, param, ctx)


UNIT_KINDS = {
    "行政单位": UnitKind.ADMINISTRATIVE,
    "参公单位": UnitKind.QUASI_ADMINISTRATIVE,
    "事业单位": UnitKind.INSTITUTION,
}
DISCLOSURE_KINDS = {"预算": "budget", "决算": "accounts"}
"""What may be answered, and how files say it."""

LEVELS = Answer(
    map(str, Level), {**{level.removesuffix("级"): str(level) for level in Level}, "镇": str(Level.TOWNSHIP)}
)
KINDS_OF_UNIT = Answer(UNIT_KINDS, {"行政": "行政单位", "机关": "行政单位", "参公": "参公单位", "事业": "事业单位"})
KINDS_OF_DISCLOSURE = Answer(DISCLOSURE_KINDS, {f"部门{kind}": kind for kind in DISCLOSURE_KINDS})
