"""Who is answered, and what with."""

from __future__ import annotations

import http.client
import json
import socket
from base64 import b64decode
from contextlib import closing
from http.client import HTTPResponse
from urllib.parse import quote, urlsplit

import pytest

from discgen.preview.server import PreviewServer
from discgen.preview.site import Site
from tests.conftest import Demo
from tests.preview.conftest import Served


def get(served: Served, path: str, **headers: str) -> tuple[int, str, HTTPResponse]:
    """Status, body and the answer itself. `path` is sent as it stands."""
    with closing(http.client.HTTPConnection(urlsplit(served.origin).netloc, timeout=20)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer


def below(served: Served, path: str) -> str:
    """A path with the token before it."""
    return urlsplit(served.root).path + path


def test_it_listens_to_this_machine_only(workspace: Demo) -> None:
    with PreviewServer(Site(workspace.workspace)) as server:
        assert server.socket.getsockname()[0] == "127.0.0.1"


def test_the_printed_address_leads_to_the_document(served: Served) -> None:
    status, _, answer = get(served, served.url.removeprefix(served.origin))
    assert (status, served.origin + str(answer.headers["Location"])) == (303, served.document)


def test_the_address_of_several_documents_leads_to_the_start_page(workspace: Demo) -> None:
    assert Site(workspace.workspace).home == ""


@pytest.mark.parametrize(
    "path",
    ["/", "/?token=", "/?token=wrong", "/wrong/", "/wrong/demo/2023/budget/", "/static/preview.js", "//", "HTTP://["],
)
def test_nobody_is_answered_without_the_token(served: Served, path: str) -> None:
    status, body, _ = get(served, path)
    assert (status, "demo" in body) == (403, False)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1", "127.0.0.1:1", ""])
def test_a_foreign_host_is_refused_with_the_token(served: Served, host: str) -> None:
    assert get(served, below(served, ""), Host=host)[0] == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"])
def test_a_foreign_origin_is_refused_with_the_token(served: Served, origin: str) -> None:
    assert get(served, below(served, "demo/2023/budget/state"), Origin=origin)[0] == 403


def test_the_page_itself_may_ask(served: Served) -> None:
    assert get(served, below(served, "demo/2023/budget/state"), Origin=served.origin)[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "static/../../../README.md",
        "static/%2e%2e/%2e%2e/README.md",
        "static/..%2f..%2fREADME.md",
        "static//etc/passwd",
        "../../../../etc/passwd",
        "demo/2023/budget/../../../department.yaml",
        "..%2fdemo/2023/budget/",
        "demo/2023/evaluations/",
        "demo/2024/budget/",
        "other/2023/budget/",
        "demo/2023/budget",
        "demo/2023/",
        "demo/2023/budget/numbers/nothing",
        "nothing",
    ],
)
def test_what_is_not_a_page_is_not_found(served: Served, path: str) -> None:
    assert get(served, below(served, path))[0] == 404


@pytest.mark.parametrize("path", ["", "demo/2023/budget/", "demo/2023/budget/state", "static/preview.js", "nothing"])
def test_every_answer_forbids_what_is_not_ours(served: Served, path: str) -> None:
    _, _, answer = get(served, below(served, path))
    policy = str(answer.headers["Content-Security-Policy"])
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "script-src 'self' " not in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_no_page_names_another_place(served: Served) -> None:
    for path in ("", "demo/2023/budget/", "static/preview.js", "static/preview.css", "demo/2023/budget/paper.css"):
        assert "//" not in get(served, below(served, path))[1].replace("// ", "")


def test_a_number_is_answered_with_its_lines(served: Served) -> None:
    status, body, _ = get(
        served, below(served, "demo/2023/budget/numbers/" + quote("t3/function_code:2010301/basic", safe=""))
    )
    assert status == 200
    assert "departments/demo/2023/budget.yaml:7:32" in body


def test_charts_are_inside_the_page(served: Served) -> None:
    papers = json.loads(get(served, below(served, "demo/2023/budget/state"))[1])["papers"]
    html = "".join(paper["html"] for paper in papers)
    drawn = html.partition('src="data:image/svg+xml;base64,')[2].partition('"')[0]
    assert b64decode(drawn).startswith(b"<svg")
    assert html.count("<img") == html.count('src="data:image/svg+xml;base64,')


def test_a_change_is_told_to_who_listens(served: Served) -> None:
    with closing(http.client.HTTPConnection(urlsplit(served.origin).netloc, timeout=20)) as connection:
        connection.request("GET", below(served, "demo/2023/budget/events"))
        with connection.getresponse() as answer:
            assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
            first = answer.readline()
            answer.readline()
            served.demo.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
            later = answer.readline()
    assert first.startswith(b"data: ")
    assert int(later.removeprefix(b"data: ")) > int(first.removeprefix(b"data: "))


def test_a_taken_port_is_an_error_of_the_system(workspace: Demo) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            PreviewServer(Site(workspace.workspace), taken.getsockname()[1])
