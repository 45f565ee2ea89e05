"""Write a page for each code and the table of all of them, from `schema/rules/`, into `build/docs/rules/`.

Run: make docs
Pages of codes that are no more are removed.
"""

from __future__ import annotations

from pathlib import Path

from discgen.explain.rule import rule_pages

FOLDER = Path(__file__).parents[1] / "build" / "docs" / "rules"


def write_pages(folder: Path) -> None:
    """Write all pages into a folder that has nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = rule_pages()
    for path in folder.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_pages(FOLDER)
    print(FOLDER / "README.md")
