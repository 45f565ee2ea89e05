"""The parts of a Word file that templates write (`templates/word/`)."""

from __future__ import annotations

from typing import Any

from discgen.render.html import environment


def part_text(template: str, **names: Any) -> str:
    """A part, or an element of one, as XML."""
    return environment("word").get_template(f"{template}.xml.j2").render(names)
