"""Many targets to their PDFs: what is unchanged at once, the others in one queue for all processes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from functools import partial

from discgen.cache import Cache, NoCache
from discgen.errors import Refusal, process_lost
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.publish.layer import begin, died
from discgen.publish.published import Made, Outcomes, Published, written
from discgen.workers import Helpers, how_it_ended, in_workers

# Where nothing has changed, nothing is loaded that composes or lays out: what does is imported where it is called.


Elsewhere = Callable[..., Generator[Made, None, list[Target]]]
"""What makes targets of a workspace on other machines, as `discgen.publish.cluster` does once it has an address."""


def publish_all(  # noqa: PLR0913 - how it is done does not matter to what is built
    workspace: Workspace,
    targets: Iterable[Target],
    *,
    draft: bool = False,
    jobs: int = 1,
    cache: Cache | None = None,
    elsewhere: Elsewhere | None = None,
) -> Generator[Published, None, None]:
    """Each target's outcome as it is ready, from up to `jobs` processes, or from `elsewhere`; the files are the same by
    every way.

    Raises Refusal where the machine lacks what layout needs.
    """
    cache = cache or NoCache()
    outcomes = Outcomes(workspace, cache, draft=draft)
    changed = []
    for target in targets:
        if known := outcomes.unchanged(target):
            yield known
        else:
            changed.append(target)
    if not changed:
        return
    here = partial(_here, workspace, cache=cache, jobs=jobs, draft=draft)
    there = elsewhere(workspace, changed, cache, draft=draft) if elsewhere else None
    with closing(_there_and_here(workspace, there, here, draft=draft) if there else here(changed)) as built:
        for done in built:
            if isinstance(done, Refusal):
                raise done
            outcomes.keep(done)
            yield done


Built = Generator[Published | Refusal, None, None]


def _there_and_here(
    workspace: Workspace,
    there: Generator[Made, None, list[Target]],
    here: Callable[[Sequence[Target]], Built],
    *,
    draft: bool,
) -> Built:
    """The outcomes of what is made elsewhere, then of what that has left to be built here."""
    with closing(there):
        while True:
            try:
                made = next(there)
            except StopIteration as end:
                left: list[Target] = end.value
                break
            yield written(workspace, made, draft=draft)
    if left:
        yield from here(left)


def _here(workspace: Workspace, targets: Sequence[Target], *, cache: Cache, jobs: int, draft: bool) -> Built:
    build = _in_one_process if jobs == 1 or len(targets) == 1 else _in_processes
    return build(workspace, targets, cache, jobs, draft=draft)


def _in_one_process(workspace: Workspace, targets: Sequence[Target], cache: Cache, jobs: int, *, draft: bool) -> Built:
    """The outcomes one after another; where there may be more processes, they help to lay out the one document."""
    with Helpers(begin, died) as helpers:
        # It loads what lays out while this process composes. Libraries of layout are not safe to fork with.
        helpers.start(min(1, jobs - 1), forked="weasyprint" not in sys.modules)
        from discgen.gather.departments import Departments
        from discgen.publish.build import publisher
        from discgen.publish.layout import Layout
        from discgen.render.html import sample_html

        if helpers:
            helpers.get_ready((targets[0].place, sample_html(draft=draft)))
        yield from map(publisher(workspace, Departments(workspace), Layout(cache, helpers, jobs), draft=draft), targets)


def _in_processes(workspace: Workspace, targets: Sequence[Target], cache: Cache, jobs: int, *, draft: bool) -> Built:
    """The outcomes as they are ready, from a process a document."""
    from discgen.gather.departments import Departments
    from discgen.publish.build import publisher
    from discgen.publish.layout import Layout

    departments = Departments(workspace)
    departments.read()  # once for all processes
    publishing = partial(publisher, workspace, departments, Layout(cache), draft=draft)
    yield from in_workers(publishing, targets, jobs, _died)


def _died(target: Target, code: int) -> Published:
    """What became of a target whose process was killed, or fell over in a library."""
    instead = f"关掉别的程序，或一份一份编，discgen build -j 1 {target}"
    return Published(target, None, 0.0, (process_lost("编", target.place, how_it_ended(code), instead),))
