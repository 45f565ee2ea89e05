"""Write `docs/rules/` from `schema/rules/`: a page for each code and the table of all of them.

Run: python tools/rule_pages.py
Pages of codes that are no more are removed.
"""

from __future__ import annotations

from pathlib import Path

from discgen.explain.rule import rule_pages

FOLDER = Path(__file__).parents[1] / "docs" / "rules"


def main() -> None:
    """Bring the folder up to date and say what changed."""
    pages = rule_pages()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.glob("*.md"):
        if path.name not in pages:
            path.unlink()
            print(f"removed {path.name}")
    for name, text in pages.items():
        path = FOLDER / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {name}")


if __name__ == "__main__":
    main()
