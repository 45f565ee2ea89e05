"""The changelog and the package name the same release, so that a tag can be set on what is there."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from packaging.version import Version

from discgen import __version__

CHANGELOG = Path(__file__).parents[1] / "CHANGELOG.md"
HEADING = re.compile(r"^## (?P<title>.+)$", re.MULTILINE)
RELEASE = re.compile(r"(?P<version>\d+\.\d+\.\d+)（(?P<day>\d{4}-\d{2}-\d{2})）")
UNRELEASED = "未发布"


def releases() -> list[tuple[Version, date]]:
    """The releases that the changelog names, the newest first; what is not released yet may stand above them."""
    titles = [match["title"] for match in HEADING.finditer(CHANGELOG.read_text(encoding="utf-8"))]
    if titles[0] == UNRELEASED:
        titles = titles[1:]
    matches = [RELEASE.fullmatch(title) for title in titles]
    assert all(matches), titles
    return [(Version(match["version"]), date.fromisoformat(match["day"])) for match in matches if match]


def test_the_newest_release_is_the_version_of_the_package() -> None:
    assert releases()[0][0] == Version(__version__)


def test_releases_stand_the_newest_first() -> None:
    assert releases() == sorted(releases(), reverse=True)
