"""`discgen diff` as the diff driver of git: one file in two states, out of its folder."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path, PurePosixPath

from msgspec import Struct

from discgen.compare.change import Comparison
from discgen.compare.facts import NOUNS, File, entry_of
from discgen.compare.files import Files, compare_files, misshapen
from discgen.compare.naming import Names
from discgen.files import read_regular, reason
from discgen.load.target import schema_of
from discgen.yamltext.read import examine_yaml
from discgen.yamltext.text import MAX_BYTES

_NOTHING = ("/dev/null", "nul")
_NOT_FILES = ("120000", "160000")
"""The modes of links and of other repositories: what git hands over says where they lead."""
_MOST_LINES = 20_000
"""Lines of either state of what is shown line by line: to find what differs among more takes minutes."""
_NO_LINE_END = "\\ 文件末尾没有换行\n"


class State(Struct, frozen=True):
    """One state of a file: where git has put it, `/dev/null` for nothing, and the mode it has in git."""

    file: Path
    mode: str = "100644"

    @property
    def is_nothing(self) -> bool:
        """Whether there is no file in this state."""
        return str(self.file) in _NOTHING


def compare_file(path: str, old: State, new: State, new_path: str = "") -> Comparison | str:
    """What differs in the file at `path`, where it has been moved also at `new_path`.

    As plain lines where it is no file of facts, or one of its states cannot be read as one.
    """
    paths = path, new_path or path
    before, after = _facts(path, old), _facts(paths[1], new)
    if before is None or after is None:
        return "".join(_plain(paths, (old, new)))
    changes, _ = compare_files(before, after)
    return Comparison(*paths, tuple(changes))


def _facts(path: str, state: State) -> Files | None:
    """The file as the only one of its target; None where it is no file of facts that can be read."""
    if state.is_nothing:
        return Files((), {})
    steps = PurePosixPath(path)
    folder = steps.parent.name if steps.parent.name in NOUNS else ""
    schema, data = schema_of(path), _contents(state)
    if not schema or not isinstance(data, bytes) or state.mode in _NOT_FILES:
        return None
    tree, _ = examine_yaml(data, path)
    if tree is None or not isinstance(tree.root, dict) or misshapen(tree, schema):
        return None
    year = next((int(step) for step in reversed(steps.parts) if step.isdecimal()), 0)
    topic = "部门" if schema == "department" else ""
    file = File(tree, schema, (folder, steps.stem) if folder else (schema,), topic, Names(year, {}))
    return Files((), {folder: [entry_of(file)]}) if folder else Files((file,), {})


def _contents(state: State) -> bytes | str:
    """What the file holds, or in words why it cannot be read."""
    if state.is_nothing:
        return b""
    try:
        return read_regular(state.file)
    except OSError as error:
        return f"读不出来：{reason(error)}"


def _plain(paths: tuple[str, str], states: tuple[State, State]) -> Iterator[str]:
    """The lines that differ, as git itself would show them."""
    names = [
        state.file.as_posix() if state.is_nothing else f"{prefix}/{path}"
        for prefix, path, state in zip("ab", paths, states, strict=True)
    ]
    before, after = (_lines(_contents(state)) for state in states)
    if isinstance(before, str) or isinstance(after, str):
        reasons = (f"{name} {why}" for name, why in zip(names, (before, after), strict=True) if isinstance(why, str))
        yield f"{'，'.join(reasons)}，没有逐行比较\n"
        return
    for line in unified_diff(before, after, names[0], names[1]):
        yield line if line.endswith("\n") else f"{line}\n{_NO_LINE_END}"


def _lines(data: bytes | str) -> list[str] | str:
    """The lines of a text, however they end, in UTF-8 or in what else it seems to be; or why it cannot be shown so."""
    if isinstance(data, str):
        return data
    if b"\0" in data:
        return "不是文本"
    if data.count(b"\n") > _MOST_LINES or len(data) > MAX_BYTES:
        return "太长"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "backslashreplace")
    *whole, last = text.replace("\r\n", "\n").split("\n")
    return [*(f"{line}\n" for line in whole), *([last] if last else [])]
