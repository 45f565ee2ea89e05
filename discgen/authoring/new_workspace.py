"""A new workspace: the folder where one may begin, what git leaves out of it, and the schemas for its editors.

Files name a schema in their first line. Only editors read the copy: the program keeps to its own.
"""

from __future__ import annotations

from pathlib import Path

from discgen.authoring.code_schemas import code_schemas
from discgen.errors import Refusal
from discgen.files import UNFINISHED, bytes_of, replace_file
from discgen.load.destinations import inside
from discgen.load.own_codes import own_codes
from discgen.load.own_files import CODES, own_files
from discgen.load.target import DEFAULT_KIND
from discgen.load.workspace import Workspace
from discgen.reference.folders import data_folder
from discgen.validate.library import code_schema_files, schema_file, schema_names

_INSTEAD = "先新建一个文件夹，进到里面再运行discgen init"


def new_workspace(folder: Path) -> Workspace:
    """The workspace that a folder outside of every workspace becomes; nothing is written yet.

    Raises Refusal for the home folder, what holds it, and a folder with something else called `departments`.
    """
    root = folder.resolve()
    if root.parent == root or _holds_home(root):
        raise Refusal(f"{root} 不能作工作区：{_INSTEAD}")
    workspace = Workspace(root)
    if workspace.departments.exists() or workspace.departments.is_symlink():
        raise Refusal(f"{root} 里的departments不是文件夹，不能作工作区：{_INSTEAD}")
    return workspace


def write_gitignore(workspace: Workspace) -> list[Path]:
    """Write what git is to leave out into a workspace that is new; the file, none where there is one or departments are."""
    path = workspace.root / ".gitignore"
    if workspace.departments.exists() or path.exists() or path.is_symlink():
        return []
    replace_file(path, f"# 可以重编的，和中断的运行留下的\n/build/\n{UNFINISHED}\n".encode())
    return [path]


def _holds_home(folder: Path) -> bool:
    try:
        return Path.home().resolve().is_relative_to(folder)
    except RuntimeError:  # a user without a home
        return False


def lacks_schemas(workspace: Workspace) -> bool:
    """Whether there is nothing where editors look for schemas, or only what a run that was broken off left of these."""
    folder = _schema_folder(workspace)
    if not folder.exists():
        return not folder.is_symlink()
    schemas = _schemas(workspace)
    held = {name: bytes_of(folder / name) for name in schemas}
    files = (path.relative_to(folder).as_posix() for path in folder.rglob("[!.]*") if not path.is_dir())
    others = any(name not in schemas for name in files)
    return None in held.values() and not others and all(data in (None, schemas[name]) for name, data in held.items())


def write_schemas(workspace: Workspace) -> list[Path]:
    """Write the program's schemas into `schema/` of the workspace, over older ones; the files written.

    Other files there are left alone. Raises Refusal for a `schema/` that is the program's own,
    UnwritableError for one that leads out of the workspace, and UnwritableError.
    """
    folder = _schema_folder(workspace)
    if folder.resolve() == data_folder("schema").resolve():
        raise Refusal("这里的schema/就是程序自己的，不用写")
    files = {inside(workspace, folder / name): data for name, data in _schemas(workspace).items()}
    for path, data in files.items():
        replace_file(path, data)
    return list(files)


def has_schemas(workspace: Workspace) -> bool:
    """Whether editors find schemas in the workspace."""
    return (_schema_folder(workspace) / schema_file(DEFAULT_KIND)).is_file()


def _schemas(workspace: Workspace) -> dict[str, bytes]:
    """The program's schemas by their name in `schema/`; those that name codes have the workspace's own codes too."""
    names = (*map(schema_file, schema_names()), *code_schema_files())
    shipped = {name: (data_folder("schema") / name).read_bytes() for name in names}
    own = own_codes(own_files(workspace)).codes
    of_codes = code_schemas(own) if own else {}
    return shipped | {f"{CODES}/{name}": text.encode() for name, text in of_codes.items()}


def _schema_folder(workspace: Workspace) -> Path:
    return workspace.root / "schema"
