"""One file between two states, as git asks its diff driver: a YAML file out of its folder."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path, PurePosixPath

from discgen.compare.change import Comparison
from discgen.compare.leaves import File
from discgen.compare.projects import NOUNS, entry_of
from discgen.compare.target import Files, compare_files
from discgen.load.text import decode
from discgen.load.workspace import schema_of
from discgen.load.yaml_reader import examine_yaml

_NOTHING = "/dev/null"


def compare_file(path: str, old: Path, new: Path, new_path: str = "") -> Comparison | str:
    """What differs in the file at `path`, where it has been moved also at `new_path`.

    As plain lines where it is no file of facts, or one of its states cannot be read.
    """
    before, after = _read(path, old), _read(new_path or path, new)
    if before is None or after is None:
        return "".join(_plain((path, new_path or path), old, new))
    changes, _ = compare_files(before, after)
    return Comparison(path, new_path or path, tuple(changes))


def _read(path: str, side: Path) -> Files | None:
    """The file as the only one of its target; none where it is not read as one."""
    if str(side) == _NOTHING:
        return Files((), {})
    steps = PurePosixPath(path)
    folder = steps.parent.name if steps.parent.name in NOUNS else ""
    schema = schema_of(path)
    tree, _ = examine_yaml(side.read_bytes(), path)
    if not schema or tree is None:
        return None
    year = next((int(step) for step in reversed(steps.parts) if step.isdigit()), 0)
    topic = "部门" if schema == "department" else ""
    file = File(tree, schema, (folder, steps.stem) if folder else (schema,), topic, year, {})
    return Files((), {folder: [entry_of(file)]}) if folder else Files((file,), {})


def _plain(paths: tuple[str, str], old: Path, new: Path) -> Iterator[str]:
    """The lines that differ, as git itself would show them."""
    texts = [
        decode(side.read_bytes(), path)[0] if str(side) != _NOTHING else ""
        for path, side in zip(paths, (old, new), strict=True)
    ]
    before, after = (text.splitlines(keepends=True) for text in texts)
    for line in unified_diff(before, after, f"a/{paths[0]}", f"b/{paths[1]}"):
        yield line if line.endswith("\n") else f"{line}\n"
