"""The schemas that files name in their first line, copied into a workspace for its editors.

Only editors read the copy: the program keeps to its own.
"""

from __future__ import annotations

from pathlib import Path

from discgen.authoring.new_files import RefusedError
from discgen.destinations import inside
from discgen.files import bytes_of, replace_file
from discgen.load.workspace import Workspace
from discgen.resources import data_folder
from discgen.validate.library import code_schema_files, schema_file, schema_names


def lacks_schemas(workspace: Workspace) -> bool:
    """Whether there is nothing where editors look for schemas, or only what a run that was broken off left of these."""
    folder = _folder(workspace)
    if not folder.exists():
        return not folder.is_symlink()
    schemas = _schemas()
    held = {name: bytes_of(folder / name) for name in schemas}
    files = (path.relative_to(folder).as_posix() for path in folder.rglob("[!.]*") if not path.is_dir())
    others = any(name not in schemas for name in files)
    return None in held.values() and not others and all(data in (None, schemas[name]) for name, data in held.items())


def write_schemas(workspace: Workspace) -> list[Path]:
    """Write the program's schemas into `schema/` of the workspace, over older ones; the files written.

    Other files there are left alone. Raises RefusedError for a `schema/` that is the program's own,
    DestinationError for one that leads out of the workspace, and UnwritableError.
    """
    folder = _folder(workspace)
    if folder.resolve() == data_folder("schema").resolve():
        raise RefusedError("这里的schema/就是程序自己的，不用写")
    files = {inside(workspace, folder / name): data for name, data in _schemas().items()}
    for path, data in files.items():
        replace_file(path, data)
    return [folder / name for name in _schemas()]


def _schemas() -> dict[str, bytes]:
    """The program's schemas by their name in `schema/`."""
    names = (*map(schema_file, schema_names()), *code_schema_files())
    return {name: (data_folder("schema") / name).read_bytes() for name in names}


def _folder(workspace: Workspace) -> Path:
    return workspace.root / "schema"
