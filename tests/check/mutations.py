"""Slips of a form's author, one at a time, in any file of a form: what stands there left out, emptied, misspelt, doubled."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from discgen.yamltext.read import read_yaml
from tests.forms import Forms

Path = tuple[str | int, ...]
ODD: list[Any] = ["", None, "x", "{oops}", "{", [], {}, ["x"], {"x": "y"}, "-1", "999"]
"""What may come to stand where something else should."""


@dataclass(frozen=True)
class Slip:
    """A file of a form with what it says after the slip, and the slip in words."""

    file: str
    text: str
    told: str


def slips(forms: Forms, folder: str, seed: int) -> Iterator[Slip]:
    """Slips without end in the files of a form's folder and in facts.yaml, the same for the same seed."""
    chance = random.Random(seed)
    root = forms.folder / "forms"
    files = sorted(path.relative_to(root).as_posix() for path in (root / folder).rglob("*") if path.is_file())
    files = [*(name for name in files if name.endswith(("yaml", "j2"))), "../facts.yaml"]
    texts = {name: forms.read(name) for name in files}
    while True:
        name = chance.choice(files)
        if name.endswith("yaml"):
            yield _in_yaml(name, texts[name], chance)
        else:
            yield _in_template(name, texts[name], chance)


def _in_yaml(name: str, text: str, chance: random.Random) -> Slip:
    tree, _ = read_yaml(text.encode(), name)
    assert tree is not None
    root: Any = copy.deepcopy(tree.root)
    path = chance.choice([path for path in tree.values if path])
    holder = root
    for step in path[:-1]:
        holder = holder[step]
    last = path[-1]
    kind = chance.choice(["left out", "odd", "renamed", "doubled", "misspelt"])
    if kind == "left out":
        del holder[last]
    elif kind == "renamed" and isinstance(holder, dict):
        holder[f"{last}x"] = holder.pop(last)
    elif kind == "doubled" and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[int(last)]))
    elif kind == "misspelt" and isinstance(holder[last], str):
        holder[last] = holder[last][:-1] + chance.choice("xs{")
    else:
        holder[last] = chance.choice(ODD)
        kind = f"odd {holder[last]!r}"
    return Slip(name, json.dumps(root, ensure_ascii=False, indent=1), f"{name} {path} {kind}")


def _in_template(name: str, text: str, chance: random.Random) -> Slip:
    at = chance.randrange(len(text))
    length = chance.choice([1, 1, 3, 12])
    put = chance.choice(["", "", "x", "}}", "{%", "{{ x }}", "!chart x\n", "\n##### x\n"])
    return Slip(name, text[:at] + put + text[at + length :], f"{name} {at}+{length} {put!r}")
