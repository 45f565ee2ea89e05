"""The words that sheets of text are read by, from `templates/importing/prose.yaml`."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from discgen.reference.decode import decode
from discgen.reference.folders import cache_shipped, data_folder
from discgen.validate.shipped import read_shipped_tree


class ProseWords(Struct, frozen=True):
    """What the keys of the file say; each list has the ways in which one thing is written."""

    pass_over: tuple[str, ...]
    whose: tuple[str, ...]
    fixed: tuple[str, ...]
    directions: tuple[str, ...]
    same: Mapping[str, tuple[str, ...]]
    """By the form's words, others for the same."""
    fillers: tuple[str, ...]
    compared: tuple[str, ...]
    before: tuple[str, ...]
    increase: tuple[str, ...]
    decrease: tuple[str, ...]
    unchanged: tuple[str, ...]
    reason: tuple[str, ...]
    purpose: tuple[str, ...]
    none: Mapping[str, tuple[str, ...]]
    """By the section, what says that there is none of it."""
    offices: tuple[str, ...]
    facts: Mapping[str, str]
    """By the name that templates have for a fact, or for what it is part of, its dotted path in the file of facts."""
    statement: Mapping[str, tuple[str, ...]]
    project: tuple[str, ...]

    def path(self, name: str) -> str:
        """Where a fact stands in the file of facts; '' for one that the file does not say."""
        begin, path = next(
            ((known, at) for known, at in self.facts.items() if name == known or name.startswith(f"{known}.")), ("", "")
        )
        return path + name.removeprefix(begin) if path else ""


@cache_shipped
def load_prose_words() -> ProseWords:
    """The words that ship with the program. Raises ShippedDataError where the file is wrong."""
    return decode(
        ProseWords, read_shipped_tree(data_folder("templates") / "importing", "prose.yaml", "importing_prose")
    )
