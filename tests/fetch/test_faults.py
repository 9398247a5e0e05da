"""The battery of reliability.md, faults 1 to 18: each has a name and a sentence, and leaves nothing behind."""

from __future__ import annotations

import gzip
import re
import socket
import sys
import threading
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from models_catalog.fetch import errors
from models_catalog.fetch.address import Outside
from models_catalog.fetch.door import LiveDoor
from models_catalog.sources.contract import Challenge, EmptyPayload, Truncated, WrongShape
from tests.fetch.certificates import Authority, written
from tests.fetch.conftest import HOST, PAGE, World, invented_source
from tests.fetch.fault_server import (
    Connection,
    FaultServer,
    Reply,
    Request,
    dripping,
    raw,
    response,
    silence,
)

DATA = b'{"data": [{"id": "lab/model"}]}'
GOOD = response(DATA)


def test_a_good_answer_is_archived_and_reported(world: World) -> None:
    world.server.on("/models", response(DATA, headers={"ETag": '"one"', "Last-Modified": "yesterday"}))
    page = world.fetch()
    report = world.reports[0]
    assert page.body == DATA == world.archive.get(report.sha256)
    assert (page.board, page.url, page.file) == ("models", PAGE, None)
    assert (report.status, report.tries, report.final_url) == (200, 1, PAGE)
    assert (report.etag, report.last_modified) == ('"one"', "yesterday")
    assert (report.wire, report.size, report.error) == (len(DATA), len(DATA), "")
    assert report.started_at <= report.finished_at == page.observed_at


def test_the_host_learns_who_asks_and_whom_to_write_to(world: World) -> None:
    world.server.on("/models", GOOD)
    world.fetch()
    sent = world.server.requests[0].headers
    assert sent["user-agent"] == "OpenGap/0.1 (+test@example.org)"
    assert sent["host"] == HOST
    assert "cookie" not in sent
    assert "authorization" not in sent


def test_a_cookie_is_not_sent_back(world: World) -> None:
    world.server.on("/models", response(DATA, headers={"Set-Cookie": "visitor=1; Path=/"}))
    with world.door() as door:
        door("models", PAGE)
        door("models", PAGE)
    assert [("cookie" in request.headers) for request in world.server.requests] == [False, False]


# 1 DNS fails


def test_fault_1_a_name_that_does_not_exist(world: World) -> None:
    world.source = invented_source(hosts=("nowhere.invalid",))
    sentence = r"nowhere\.invalid cannot be resolved: no network\?"
    door = LiveDoor(world.source, world.settings, world.state, world.archive)
    with door, pytest.raises(errors.HostUnresolved, match=sentence):
        door("models", "https://nowhere.invalid/models")
    assert door.reports[0].tries == 1


def test_fault_1_a_silent_name_service_is_waited_for_once_per_process(world: World) -> None:
    world.limit(resolve=0.05)
    released = threading.Event()
    asked: list[str] = []

    def never(host: str, port: int) -> list[str]:
        asked.append(host)
        released.wait(10)
        return []

    outside = Outside(resolve=never)
    for _ in range(5):
        door = LiveDoor(world.source, world.settings, world.state, world.archive, outside)
        with door, pytest.raises(errors.HostUnresolved, match="name service was silent"):
            door("models", PAGE)
    released.set()
    assert asked == [HOST]


def test_fault_1_a_name_without_an_address(world: World) -> None:
    world.names[HOST] = []
    assert isinstance(world.failure(), errors.HostUnresolved)


# 2 refused, and other ways not to get a connection


def test_fault_2_a_refused_connection(world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    outside = Outside(resolve=world.resolve, endpoint=lambda address, _port: ("127.0.0.1", port))
    door = LiveDoor(world.source, world.settings, world.state, world.archive, outside)
    with door, pytest.raises(errors.Refused, match=r"source\.test refused the connection"):
        door("models", PAGE)


@contextmanager
def full_listener() -> Iterator[int]:
    """A port whose queue of connections is full: the next one is neither accepted nor refused."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse instead of dropping")
def test_fault_2_nobody_answers_the_connection(world: World) -> None:
    world.limit(connect=0.1)
    with full_listener() as port:
        outside = Outside(resolve=world.resolve, endpoint=lambda address, _port: ("127.0.0.1", port))
        door = LiveDoor(world.source, world.settings, world.state, world.archive, outside)
        with door, pytest.raises(errors.NoAnswer, match=r"did not answer within 0\.1 s \(connect\)"):
            door("models", PAGE)
    assert door.reports[0].tries == 1


def test_a_dead_first_address_leaves_time_for_the_second(world: World) -> None:
    world.server.on("/models", GOOD)
    world.names[HOST] = ["2600:1406::1", "93.184.215.14"]
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    ports = {"2600:1406::1": port, "93.184.215.14": world.server.port}
    outside = Outside(resolve=world.resolve, endpoint=lambda address, _port: ("127.0.0.1", ports[address]))
    with LiveDoor(world.source, world.settings, world.state, world.archive, outside) as door:
        assert door("models", PAGE).body == DATA


# 3 TLS


@pytest.mark.parametrize(
    ("host", "days", "trusted", "sentence"),
    [
        (HOST, -1, True, "certificate of source.test is not valid: certificate has expired"),
        ("other.test", 1, True, "certificate of source.test is not valid: .*mismatch"),
        (HOST, 1, False, "certificate of source.test is not valid: .*(self-signed|issuer)"),
    ],
    ids=["expired", "another name", "unknown issuer"],
)
def test_fault_3_a_certificate_that_does_not_hold(
    world: World, tmp_path: Path, authority: Authority, host: str, days: int, trusted: bool, sentence: str
) -> None:
    issuer = authority if trusted else Authority.new("nobody's authority")
    text = issuer.server(host, valid_for=timedelta(days=days))
    world.server.certificate = written(tmp_path, "wrong.pem", text)
    world.server.on("/models", GOOD)
    error = world.failure()
    assert isinstance(error, errors.CertificateRefused)
    assert re.search(sentence, str(error))
    assert world.server.requests == []


def test_fault_3_a_handshake_that_nobody_answers(world: World) -> None:
    world.limit(connect=0.05)
    world.server.certificate = None
    error = world.failure()
    assert isinstance(error, errors.NoAnswer)
    assert str(error) == "source.test did not finish the TLS handshake within 0.05 s"


def test_fault_3_a_server_that_does_not_speak_tls(world: World) -> None:
    world.server.certificate, world.server.greeting = None, b"220 mail.test ESMTP\r\n"
    error = world.failure()
    assert isinstance(error, errors.CertificateRefused)
    assert str(error).startswith("source.test does not speak TLS as it should")


# 4 and 5: silence and dripping


def test_fault_4_a_silent_socket_is_tried_three_times(world: World) -> None:
    world.limit(read=0.2)
    world.server.on("/models", silence)
    error = world.failure()
    assert isinstance(error, errors.Silence)
    assert str(error) == "source.test sent nothing for 0.2 s (read) (tried 3 times)"
    assert len(world.server.requests) == 3


def test_fault_4_silence_in_the_middle_of_the_body(world: World) -> None:
    world.limit(read=0.2)

    def stalls(connection: Connection, request: Request) -> bool:
        connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + DATA)
        return silence(connection, request)

    world.server.on("/models", stalls)
    assert isinstance(world.failure(), errors.Silence)


@pytest.mark.parametrize(
    "reply",
    [
        dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n", b"[" * 4000),
        dripping(b"HTTP/1.1 200 OK\r\nX-Drip: ", b"x" * 4000),
        dripping(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n[\r\n" * 1000),
        dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 400),
    ],
    ids=["body", "header", "chunks", "continues"],
)
def test_fault_5_a_dripping_answer_ends_with_the_wall_clock(world: World, reply: Reply) -> None:
    world.limit(wall_clock=0.3)
    world.server.on("/models", reply)
    error = world.failure()
    assert isinstance(error, errors.TooSlow)
    assert len(world.server.requests) == 1, "a host that drips is not asked again at once"


def test_fault_5_a_mirror_may_not_drip_for_ever_either(world: World) -> None:
    world.limit(wall_clock=0.3)
    with FaultServer() as mirror:
        world.settings = replace(world.settings, mirrors={"invented": mirror.url})
        mirror.on("/models", dripping(b"HTTP/1.1 200 OK\r\nX-Drip: ", b"x" * 4000))
        assert isinstance(world.failure(), errors.TooSlow)


# 9 and 11 to 13: broken answers


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520])
def test_fault_9_a_failing_server_is_tried_three_times(world: World, status: int) -> None:
    world.server.on("/models", response(b"oops", status))
    error = world.failure()
    assert isinstance(error, errors.ServerFailure)
    assert str(error) == f"source.test answered {status} (tried 3 times)"
    assert error.retry
    assert len(world.server.requests) == 3


def test_fault_9_the_third_try_may_succeed(world: World) -> None:
    world.limit(backoff=8.0)
    world.server.on("/models", response(b"", 500), raw(b""), GOOD)
    assert world.fetch().body == DATA
    assert world.reports[0].tries == 3
    first, second = world.pauses
    assert 4.0 <= first <= 12.0
    assert 8.0 <= second <= 24.0


@pytest.mark.parametrize(
    "reply",
    [
        response(DATA, length=len(DATA) + 10),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1f\r\n" + DATA[:20]),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1f\r\n" + DATA + b"\r\n"),
        response(gzip.compress(DATA)[:-9], headers={"Content-Encoding": "gzip"}),
    ],
    ids=["length too large", "inside a chunk", "no last chunk", "gzip without its end"],
)
def test_faults_11_and_12_a_body_that_ends_too_early(world: World, reply: Reply) -> None:
    world.server.on("/models", reply)
    error = world.failure()
    assert isinstance(error, errors.CutShort)
    assert error.retry
    assert len(world.server.requests) == 3


def test_fault_12_a_length_that_is_too_small(world: World) -> None:
    world.server.on("/models", response(DATA, length=len(DATA) - 10))
    assert isinstance(world.failure(), Truncated)


@pytest.mark.parametrize(
    "reply",
    [raw(b""), raw(b"SSH-2.0-OpenSSH_9.2\r\n"), raw(b"HTTP/1.1 2x0 What\r\n\r\n"), raw(b"\x00\xff" * 40_000)],
    ids=["closed", "another protocol", "no status", "noise"],
)
def test_an_answer_that_is_not_http(world: World, reply: Reply) -> None:
    world.server.on("/models", reply)
    error = world.failure()
    assert isinstance(error, errors.BrokenAnswer)
    assert "\x00" not in str(error)
    assert len(str(error)) < 320


def test_more_headers_than_anybody_sends(world: World) -> None:
    lines = b"".join(b"X-%d: y\r\n" % number for number in range(500))
    world.server.on("/models", raw(b"HTTP/1.1 200 OK\r\n" + lines + b"\r\n"))
    assert isinstance(world.failure(), errors.BrokenAnswer)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_fault_13_a_bomb_is_refused_by_its_ratio(world: World, encoding: str) -> None:
    zeros = bytes(400 * 1024)
    body = gzip.compress(zeros) if encoding == "gzip" else zlib.compress(zeros)
    world.server.on("/models", response(body, headers={"Content-Encoding": encoding}))
    error = world.failure()
    assert isinstance(error, errors.GzipBomb)
    assert "over 200 times" in str(error)
    assert len(world.server.requests) == 1


def test_too_many_bytes_on_the_wire(world: World) -> None:
    world.server.on("/models", response(b"[" + b" " * 300 * 1024 + b"]"))
    error = world.failure()
    assert isinstance(error, errors.TooLarge)
    assert str(error) == "source.test/models sent more than 256 kB"


def test_an_endless_body_without_a_length(world: World) -> None:
    def endless(connection: Connection, request: Request) -> bool:
        connection.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not connection.stopping.is_set():
            connection.send(b"1000\r\n" + b" " * 0x1000 + b"\r\n")
        return False

    world.server.on("/models", endless)
    assert isinstance(world.failure(), errors.TooLarge)


def test_too_many_bytes_decoded(world: World) -> None:
    honest = b"[" + b",".join(b'"%d"' % (number * 7919) for number in range(80_000)) + b"]"
    world.server.on("/models", response(gzip.compress(honest), headers={"Content-Encoding": "gzip"}))
    error = world.failure()
    assert type(error) is errors.TooLarge
    assert "expands to more than 512 kB" in str(error)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip"])
def test_an_encoding_that_was_not_asked_for(world: World, encoding: str) -> None:
    world.server.on("/models", response(DATA, headers={"Content-Encoding": encoding}))
    assert isinstance(world.failure(), WrongShape)


def test_gzip_that_is_none(world: World) -> None:
    world.server.on("/models", response(DATA, headers={"Content-Encoding": "gzip"}))
    error = world.failure()
    assert isinstance(error, WrongShape)
    assert "not valid gzip" in str(error)


# 14 redirects are in test_redirects; here: the body of a redirect is never read


def test_the_body_of_a_redirect_is_not_read(world: World) -> None:
    world.server.on("/models", raw(b"HTTP/1.1 302 F\r\nLocation: /new\r\nContent-Length: 9999999\r\n\r\n"))
    world.server.on("/new", GOOD)
    assert world.fetch().body == DATA
    assert world.reports[0].final_url == f"https://{HOST}/new"


# 17 and 18: a challenge, an empty list


@pytest.mark.parametrize("status", [200, 403, 429, 503])
def test_fault_17_a_challenge_has_its_name_whatever_its_status(world: World, status: int) -> None:
    page = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body></body></html>"
    world.server.on("/models", response(gzip.compress(page), status, CHALLENGE_HEADERS))
    error = world.failure()
    assert type(error) is Challenge
    assert "made for browsers" in str(error)
    assert len(world.server.requests) == 1


CHALLENGE_HEADERS = {"Content-Type": "text/html; charset=UTF-8", "Content-Encoding": "gzip"}


def test_fault_17_a_challenge_may_come_as_202(world: World) -> None:
    world.server.on("/models", response(b"", 202, {"x-amzn-waf-action": "challenge"}))
    assert type(world.failure()) is Challenge


def test_fault_17_a_plain_403_pauses_like_a_challenge(world: World) -> None:
    world.server.on("/models", response(b"no", 403))
    error = world.failure()
    assert isinstance(error, Challenge)
    assert str(error) == "source.test answered 403: it does not want this request"


@pytest.mark.parametrize("body", [b"", b" \r\n", b"[]", b"{}", b"null\n", b"\xef\xbb\xbf[]"])
def test_fault_18_nothing_where_a_list_is_due(world: World, body: bytes) -> None:
    world.server.on("/models", response(body))
    assert isinstance(world.failure(), EmptyPayload)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (204, EmptyPayload),
        (206, WrongShape),
        (304, WrongShape),
        (302, errors.ForbiddenRedirect),
        (400, errors.RequestRefused),
        (401, errors.RequestRefused),
        (404, errors.PageMissing),
        (410, errors.PageMissing),
        (422, errors.RequestRefused),
    ],
)
def test_other_statuses_are_named_and_not_tried_again(
    world: World, status: int, error: type[Exception]
) -> None:
    world.server.on("/models", response(b"", status))
    assert type(world.failure()) is error
    assert len(world.server.requests) == 1


def test_html_where_json_is_due(world: World) -> None:
    world.server.on(
        "/models", response(b"<html><p>We moved!</p></html>", headers={"Content-Type": "text/html"})
    )
    error = world.failure()
    assert isinstance(error, WrongShape)
    assert not isinstance(error, Challenge)
