"""Files that seem to be meant and are not read: another ending, another name, another folder."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from discgen.diagnostics import Diagnostic, Place, did_you_mean, error, warning
from discgen.load.names import is_utf8, name_below

_OURS = ".yaml"
_ENDINGS = (_OURS, ".yml")
_A_YEAR = re.compile(r"20[0-9]{2}")

MOST_FILES = 900
"""Files of `projects/` and the like. Headings are numbered to 999, and no department has as many projects."""


def too_many(paths: Sequence[Path], folder: Path, root: Path) -> Iterator[Diagnostic]:
    """L033: more files in a folder than are read. The place is the first that is not."""
    if len(paths) > MOST_FILES:
        said = f"文件夹“{folder.name}”里有{len(paths)}个文件，最多{MOST_FILES}个，从这个起没有读"
        hint = "核对是不是复制了几遍；确有这么多的，零星的合并成一个项目"
        yield error("L033", said, _place(paths[MOST_FILES], root), hint)


def strays_in_folder(folder: Path, root: Path) -> Iterator[Diagnostic]:
    """L016: files of `projects/` and the like whose ending is not `.yaml`. Places are below `root`."""
    for path in _inside(folder):
        if path.suffix != _OURS:
            yield _other_ending(path, root)


def strays_of_year(folder: Path, root: Path, files: Collection[str], folders: Collection[str]) -> Iterator[Diagnostic]:
    """L016, L018: files and folders beside those of a year, which are `files` and `folders`, that hold YAML."""
    for path in _inside(folder):
        if path.is_dir() and path.name not in folders and _yaml_in(path):
            near = did_you_mean(path.name, list(folders), f"能用的文件夹有：{'、'.join(folders)}；用不着的移走")
            yield warning("L018", f"文件夹“{path.name}”里的文件没有读入", _place(_yaml_in(path)[0], root), near)
        elif path.is_file() and path.name not in files and path.suffix.lower() in _ENDINGS:
            if path.suffix != _OURS and f"{path.stem}{_OURS}" in files:
                yield _other_ending(path, root)
                continue
            near = did_you_mean(
                path.name, sorted(files), f"项目放进projects/；能用的名称有：{'、'.join(sorted(files))}"
            )
            yield warning("L018", "没有叫这个名称的文件，没有读入", _place(path, root), near)


def strays_of_department(folder: Path, root: Path, files: Collection[str]) -> Iterator[Diagnostic]:
    """L018: folders that hold the `files` of a year and are called almost like one, `2024年`."""
    for path in _inside(folder):
        year = _A_YEAR.search(path.name)
        held = [path / name for name in sorted(files) if (path / name).is_file()]
        if year and year[0] != path.name and held:
            said = f"文件夹“{path.name}”不是年度，里面的文件没有读入"
            yield warning("L018", said, _place(held[0], root), f"文件夹的名称只写四位数的年度，例如{year[0]}")


def _inside(folder: Path) -> list[Path]:
    """What is in a folder, but for what is hidden, and for names that are told of for themselves."""
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in inside if not path.name.startswith(".") and is_utf8(path.name)]


def _yaml_in(folder: Path) -> list[Path]:
    return [path for path in _inside(folder) if path.suffix.lower() in _ENDINGS]


def _place(path: Path, root: Path) -> Place:
    return Place(name_below(path, root))


def _other_ending(path: Path, root: Path) -> Diagnostic:
    return error("L016", "扩展名应是.yaml，这个文件没有读入", _place(path, root), "改扩展名，或移走")
