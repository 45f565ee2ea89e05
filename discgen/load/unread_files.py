"""Files that seem to be meant and are not read: another ending, another name, another folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from discgen.diagnostics import Diagnostic, Place, did_you_mean, error, warning
from discgen.load.folders import DATA_ENDINGS, YEAR, is_utf8, listed, name_below
from discgen.load.target import UNIT_FILES, UNITS, YEAR_FILES, YEAR_FOLDERS

_OURS = ".yaml"
HIDDEN = ".txt"
"""The ending that Windows puts to a text file, and hides."""

MOST_FILES = 900
"""Files of `projects/` and the like. Headings are numbered to 999, and no department has as many projects."""

_FOLDERS = (*YEAR_FOLDERS, UNITS)


def too_many(paths: Sequence[Path], root: Path) -> Iterator[Diagnostic]:
    """L033: more files in a folder than are read. The place is the first that is not."""
    if len(paths) > MOST_FILES:
        message = f"文件夹“{paths[0].parent.name}”里有{len(paths)}个文件，最多{MOST_FILES}个，从这个起没有读"
        hint = "核对是不是复制了几遍；确有这么多的，零星的合并成一个项目"
        yield error("L033", message, _place(paths[MOST_FILES], root), hint)


def unread_in_folder(folder: Path, root: Path) -> Iterator[Diagnostic]:
    """L016: files of `projects/` and the like whose ending is not `.yaml`. Places are below `root`."""
    for path in _inside(folder, root):
        if path.suffix != _OURS:
            yield _other_ending(path, root)


def unread_in_year(folder: Path, root: Path) -> Iterator[Diagnostic]:
    """L016, L018: files and folders that hold YAML and are none of a year's."""
    for path in _inside(folder, root):
        if path.is_dir() and path.name == UNITS and _yaml_in(path, root):
            hint = f"每个单位一个文件夹，名称是单位的代号，例如{UNITS}/agency/{UNIT_FILES[0]}"
            yield warning("L018", f"文件夹“{UNITS}”里的文件没有读入", _place(_yaml_in(path, root)[0], root), hint)
        elif path.is_dir() and path.name not in _FOLDERS and (held := _yaml_below(path, root)):
            near = did_you_mean(path.name, _FOLDERS, f"能用的文件夹有：{'、'.join(_FOLDERS)}；用不着的移走")
            yield warning("L018", f"文件夹“{path.name}”里的文件没有读入", _place(held[0], root), near)
        elif path.is_file() and _with_our_ending(path.name) in YEAR_FILES:
            yield _other_ending(path, root)
        elif path.is_file() and path.name not in YEAR_FILES and path.suffix.lower() in DATA_ENDINGS:
            near = did_you_mean(
                path.name, sorted(YEAR_FILES), f"项目放进projects/；能用的名称有：{'、'.join(sorted(YEAR_FILES))}"
            )
            yield warning("L018", "没有叫这个名称的文件，没有读入", _place(path, root), near)


def unread_in_unit(folder: Path, root: Path) -> Iterator[Diagnostic]:
    """L016, L018: what lies in the folder of a unit and is none of its files; lines of its own it has none."""
    for path in _inside(folder, root):
        if path.is_file() and _with_our_ending(path.name) in UNIT_FILES:
            yield _other_ending(path, root)
        elif path.name not in UNIT_FILES and (path.suffix.lower() in DATA_ENDINGS or path.name in YEAR_FOLDERS):
            hint = f"单位的文件夹里只有{'、'.join(UNIT_FILES)}；金额和项目写在部门的文件里，每一行写明unit"
            yield warning("L018", "单位的文件夹里没有这一种文件，没有读入", _place(path, root), hint)


def unread_in_department(folder: Path, root: Path) -> Iterator[Diagnostic]:
    """L018: folders that hold files of a year and are called almost like one, `2024年`."""
    for path in _inside(folder, root):
        year = YEAR.search(path.name)
        held = [file for file in _inside(path, root) if file.name in YEAR_FILES] if path.is_dir() else []
        if year and year[0] != path.name and held:
            message = f"文件夹“{path.name}”不是年度，里面的文件没有读入"
            yield warning("L018", message, _place(held[0], root), f"文件夹的名称只写四位数的年度，例如{year[0]}")


def _inside(folder: Path, root: Path) -> list[Path]:
    """What is in a folder, without names that are not UTF-8; these, and folders that may not be listed, are found elsewhere."""
    return [path for path in listed(folder, root)[0] if is_utf8(path.name)]


def _yaml_in(folder: Path, root: Path) -> list[Path]:
    return [path for path in _inside(folder, root) if path.suffix.lower() in DATA_ENDINGS]


def _yaml_below(folder: Path, root: Path) -> list[Path]:
    """The YAML of a folder, else that of the folders in it, as `units/` has it."""
    folders = (path for path in _inside(folder, root) if path.is_dir())
    return _yaml_in(folder, root) or [path for inner in folders for path in _yaml_in(inner, root)]


def _with_our_ending(name: str) -> str:
    """What a file with another ending was to be called, `narrative.yaml` of `narrative.yaml.txt`; empty for ours."""
    meant = name.removesuffix(HIDDEN)
    stem, dot, ending = meant.rpartition(".")
    return f"{stem}{_OURS}" if meant != name or f"{dot}{ending}" in DATA_ENDINGS[1:] else ""


def near_names(missing: Path, root: Path) -> list[str]:
    """Files that may be the missing one, by their names: in capitals, with another ending, a copy with a number."""
    wanted = missing.name.removesuffix(_OURS).casefold()
    return [path.name for path in _inside(missing.parent, root) if path.name.casefold().startswith(wanted)]


def how_to_rename(name: str, wanted: str) -> str:
    """What to do with a file that was to be called otherwise."""
    if name.endswith(HIDDEN):
        return f"“{name}”末尾的{HIDDEN}平时看不见：在文件夹的“查看”里勾上“文件扩展名”，再把名称改成{wanted}"
    return f"这里有“{name}”，是它的话，名称改成{wanted}"


def _place(path: Path, root: Path) -> Place:
    return Place(name_below(path, root))


def _other_ending(path: Path, root: Path) -> Diagnostic:
    hint = how_to_rename(path.name, _with_our_ending(path.name)) if path.suffix == HIDDEN else "改扩展名，或移走"
    return error("L016", "扩展名应是.yaml，这个文件没有读入", _place(path, root), hint)
