"""The templates of a form: where they are found, and which of them its document is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PrefixLoader, meta, nodes

SUFFIX = ".md.j2"
"""What the names of templates that are parts or sections end in."""


def template_loader(folders: Sequence[Path]) -> BaseLoader:
    """The templates in a form's `folders`, the nearest first; `<form>/<template>` is that of one form of its line."""
    narratives = [folder / "narrative" for folder in folders]
    named = PrefixLoader({folder.parent.name: FileSystemLoader(folder) for folder in narratives})
    return ChoiceLoader([FileSystemLoader(narratives), named])


def reached_templates(
    parts: Sequence[str], sections: Sequence[str], read: Callable[[str], nodes.Template | None]
) -> Iterator[nodes.Template]:
    """The templates of a form's parts and sections, and those that they take in, each once.

    `read` gives the syntax of a template by its name, and none for one that cannot be read.
    """
    waiting = [f"{part}{SUFFIX}" for part in parts] + [f"situation/{one}{SUFFIX}" for one in sections]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        syntax = read(name)
        if syntax is not None:
            yield syntax
            waiting += [other for other in meta.find_referenced_templates(syntax) if other]
