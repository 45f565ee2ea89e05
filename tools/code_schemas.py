"""Write `schema/codes/*.schema.json` from the dictionaries, as `discgen.authoring.code_schemas` has them.

Run: python tools/code_schemas.py
"""

from __future__ import annotations

from discgen.authoring.code_schemas import code_schemas
from discgen.reference.folders import data_folder

FOLDER = data_folder("schema") / "codes"


def main() -> None:
    """Bring the files up to date and say what changed."""
    for name, text in code_schemas().items():
        path = FOLDER / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {name}")


if __name__ == "__main__":
    main()
