"""The examples for CI: YAML that is read, commands that there are, and nothing from outside in a script."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from discgen.cli.group import load_command
from tests.readback import ROOT

EXAMPLES = sorted((ROOT / "docs" / "ci").glob("*.yml"))
GITHUB = [path for path in EXAMPLES if path.name.startswith("github-")]
WRITES = {"github-diff.yml": {"pull-requests"}}


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def texts(node: Any) -> Iterator[str]:
    """All text of a file."""
    if isinstance(node, dict | list):
        for below in node.values() if isinstance(node, dict) else node:
            yield from texts(below)
    elif isinstance(node, str):
        yield node


def commands(path: Path) -> list[list[str]]:
    """The commands of ours that a file runs, in words."""
    lines = (line.strip() for text in texts(read(path)) for line in text.splitlines())
    ours = (re.split(r" > | \|\| ", line)[0] for line in lines if line.startswith("discgen "))
    return [shlex.split(line, comments=True)[1:] for line in ours]


def test_there_are_examples_for_three_platforms() -> None:
    assert {path.name.partition("-")[0] for path in EXAMPLES} == {"github", "gitlab", "gitee"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_command_is_there_with_its_options(path: Path) -> None:
    assert commands(path)
    for name, *words in commands(path):
        options = {opt: one for one in load_command(name).params if isinstance(one, click.Option) for opt in one.opts}
        for word, following in pairwise([*words, ""]):
            if word.startswith("-"):
                assert word in options, (name, word)
                kind = options[word].type
                assert not isinstance(kind, click.Choice) or following in kind.choices


@pytest.mark.parametrize("platform", ["github", "gitlab", "gitee"])
def test_each_platform_checks_compares_and_builds(platform: str) -> None:
    done = {command[0] for path in EXAMPLES if path.name.startswith(platform) for command in commands(path)}
    assert done >= {"check", "fmt", "diff", "build"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_is_installed_is_locked(path: Path) -> None:
    lines = [line.strip() for text in texts(read(path)) for line in text.splitlines() if "pip install" in line]
    assert len(lines) == 2
    assert "--require-hashes" in lines[0]
    assert "--no-deps" in lines[1]


@pytest.mark.parametrize("path", GITHUB, ids=lambda path: path.stem)
def test_a_workflow_may_do_no_more_than_it_must_and_puts_nothing_from_outside_into_a_script(path: Path) -> None:
    workflow = read(path)
    rights = workflow["permissions"]
    assert {name for name, right in rights.items() if right != "read"} == WRITES.get(path.name, set())
    assert "pull_request_target" not in workflow[True]  # YAML 1.1 reads `on` so
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert not any("${{" in step.get("run", "") for step in steps)
    checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_jobs_of_gitlab_are_of_its_stages_and_keep_what_they_make() -> None:
    pipeline = read(ROOT / "docs/ci/gitlab-ci.yml")
    jobs = {name: job for name, job in pipeline.items() if name not in ("stages", "default")}
    assert {job["stage"] for job in jobs.values()} == set(pipeline["stages"])
    assert jobs["check"]["artifacts"]["reports"]["codequality"] == "codequality.json"
    assert all(job["rules"] and job["artifacts"] for job in jobs.values())
    assert "CI_COMMIT_REF_NAME" not in "\n".join(texts(pipeline))
