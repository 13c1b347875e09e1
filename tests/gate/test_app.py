"""The gate to the world: addresses, methods, conditions, what is forwarded, and what happens when the site is away."""

from __future__ import annotations

import asyncio
import gzip

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from standfirst.gate import paths
from standfirst.gate.gate import Gate

from .conftest import Running
from .newspaper import SECRET, Newspaper, Served, page, pass_cookie, story
from .visitor import Visitor, read_answer

PATH = "/news/bridge/"
HTML = {"Content-Type": "text/html; charset=utf-8"}


PRIVATE = (
    "/_gate/feed",
    "/_gate",
    "/_gate/",
    "//_gate/feed",
    "/_GATE/feed",
    "/%5Fgate/feed",
    "/%5fgate/feed",
    "/%255Fgate/feed",
    "/%25255Fgate/feed",
    "/_%67ate/feed",
    "/./_gate/feed",
    "/%2e/_gate/feed",
    "/news/../_gate/feed",
    "/news/%2e%2E/_gate/feed",
    "/news/..%2f_gate/feed",
    "/%2f_gate/feed",
    "/%5c_gate/feed",
    "/_gate%2ffeed",
    "/_gate%00/feed",
    "/_gate;x=1/feed",
    "/../_gate/feed",
    "/account/../_gate/pass",
    "/account/..%2f_gate/pass",
    "/_gate/pass?x=1",
    "http://127.0.0.1:8000/_gate/feed",
)


async def test_the_site_s_private_paths_are_not_there_in_any_spelling(newspaper: Newspaper, visitor: Visitor) -> None:
    for path in PRIVATE:
        for method in ("GET", "POST", "HEAD"):
            answer = await visitor.ask(method, path, {"Standfirst-Gate": SECRET})
            assert answer.status == 404, path
    assert not newspaper.asked


SPELLINGS = {
    "//news/bridge/": PATH,
    "/news//bridge/": PATH,
    "/news/./bridge/": PATH,
    "/sport/../news/bridge/": PATH,
    "/sport/%2e%2e/news/bridge/": PATH,
    "/news/%62ridge/": PATH,
    "/news/caf%c3%a9/": "/news/caf%C3%A9/",
    "//news/bridge/?a=1&b=%2F": PATH + "?a=1&b=%2F",
    "//evil.example/": "/evil.example/",
}


async def test_any_other_spelling_of_a_page_is_sent_to_its_one_address(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.pages[PATH] = page(story())
    for asked, canonical in SPELLINGS.items():
        answer = await visitor.get(asked)
        assert (answer.status, answer.header("location")) == (308, "http://127.0.0.1:8000" + canonical)
        assert (await visitor.ask("POST", asked)).status == 404
    assert not newspaper.asked


async def test_a_path_that_servers_read_differently_is_not_found(newspaper: Newspaper, visitor: Visitor) -> None:
    for path in ["/news%2fbridge/", "/news\\bridge/", "/a%00b", "/a%0d%0ab", "/%zz", "/../../etc/passwd"]:
        assert (await visitor.get(path)).status in (400, 404)
    assert not newspaper.asked


async def test_a_path_longer_than_any_page_s_is_not_found_and_not_remembered(
    newspaper: Newspaper, visitor: Visitor
) -> None:
    paths.is_private.cache_clear()
    paths.canonical.cache_clear()
    for path in ("/" + "a" * 30_000, "/a" * 7_000 + "/.." * 5_000, "/%2561" * 4_000):
        assert (await visitor.get(path)).status == 404
    assert paths.is_private.cache_info().currsize == paths.canonical.cache_info().currsize == 0
    assert not newspaper.asked


async def test_another_name_of_this_machine_is_sent_to_the_public_origin(visitor: Visitor) -> None:
    answer = await visitor.ask("GET", "/news/bridge/?a=1", host="localhost:8000")
    assert (answer.status, answer.header("location")) == (307, "http://127.0.0.1:8000/news/bridge/?a=1")


async def test_any_other_host_is_refused(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.pages[PATH] = page(story())
    for host in ["evil.example", "127.0.0.1", "127.0.0.1:9", "", "localhost:9", "127.0.0.1:8000.evil.example"]:
        assert (await visitor.ask("GET", PATH, host=host)).status == 421
    assert not newspaper.asked


async def test_two_hosts_or_none_are_refused(visitor: Visitor) -> None:
    assert (await visitor.ask("GET", PATH, {"Host": "127.0.0.1:8000"})).status == 400
    assert (await visitor.raw(b"GET /news/bridge/ HTTP/1.1\r\n\r\n")).status == 400


async def test_head_says_what_get_says_without_the_body(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.pages[PATH] = page(story())
    for headers in ({}, {"Cookie": pass_cookie()}):
        got, headed = await visitor.ask("GET", PATH, headers), await visitor.ask("HEAD", PATH, headers)
        assert headed.status == 200
        assert [h for h in headed.headers if h[0] != "date"] == [h for h in got.headers if h[0] != "date"]


async def test_a_copy_that_is_still_good_is_not_sent_again(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.pages[PATH] = page(story())
    first = await visitor.get(PATH)
    etag = first.header("etag")
    assert etag is not None
    for match in (etag, f'"x", W/{etag}', "*"):
        again = await visitor.get(PATH, If_None_Match=match)
        assert (again.status, again.body) == (304, b"")
        assert again.header("etag") == etag
        assert again.header("vary") == "Cookie, Accept-Encoding"
    assert (await visitor.get(PATH, If_None_Match='"other"')).status == 200


async def test_a_reader_s_copy_does_not_stand_for_a_visitor_s(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.pages[PATH] = page(story())
    etag = (await visitor.get(PATH, Cookie=pass_cookie())).header("etag")
    assert (await visitor.get(PATH, If_None_Match=etag or "")).status == 200


async def test_a_page_comes_in_the_coding_that_is_asked_for(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.pages[PATH] = page(story())
    plain = await visitor.get(PATH)
    decoders = {"gzip": gzip.decompress, "br": brotli.decompress, "zstd": zstandard.decompress}
    for coding, decode in decoders.items():
        answer = await visitor.get(PATH, Accept_Encoding=f"{coding}, identity;q=0.5")
        assert answer.header("content-encoding") == coding
        assert decode(answer.body) == plain.body
        assert answer.header("etag") != plain.header("etag")
    for refused in ("gzip;q=0", "x-unknown", "", "gzip;q=nonsense"):
        assert (await visitor.get(PATH, Accept_Encoding=refused)).header("content-encoding") is None
    assert (await visitor.get(PATH, Accept_Encoding="gzip, deflate, br, zstd")).header("content-encoding") == "br"


async def test_a_held_page_is_for_reading_only(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.pages[PATH] = page(story())
    await visitor.get(PATH)
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
        answer = await visitor.ask(method, PATH)
        assert (answer.status, answer.header("allow")) == (405, "GET, HEAD")


async def test_another_method_is_forwarded_where_no_page_is_held_and_a_tier_in_its_answer_is_a_fault(
    newspaper: Newspaper, visitor: Visitor
) -> None:
    newspaper.pages["/form/"] = Served("Thank you", 200, HTML)
    newspaper.pages[PATH] = page(story())
    assert (await visitor.ask("POST", "/form/", body=b"a=1")).text == "Thank you"
    answer = await visitor.ask("POST", PATH, body=b"a=1")
    assert answer.status == 502
    assert "herons" not in answer.text


async def test_a_gated_answer_below_a_passthrough_prefix_is_a_fault(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.pages["/account/story/"] = page(story())
    answer = await visitor.get("/account/story/")
    assert answer.status == 502
    assert "herons" not in answer.text


async def test_an_intake_is_anonymous(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.pages[PATH] = page(story())
    await visitor.get(
        PATH + "?who=me", Cookie="a=b", Authorization="Basic x", X_Forwarded_For="1.2.3.4", User_Agent="me"
    )
    (asked,) = newspaper.asked
    assert set(asked.headers) == {"Host", "Standfirst-Gate", "Standfirst-Intake", "Accept", "Accept-Encoding"}
    assert asked.headers["Host"] == "127.0.0.1:8000"
    assert asked.query_string == ""


async def test_one_fetch_goes_out_however_many_ask(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.pages[PATH] = page(story())
    newspaper.pages[PATH].wait = asyncio.Event()
    asking = [asyncio.create_task(visitor.get(PATH)) for _ in range(20)]
    await asyncio.sleep(0.1)
    newspaper.pages[PATH].wait.set()
    assert {(await asked).status for asked in asking} == {200}
    assert len(newspaper.requests(PATH)) == 1


@pytest.mark.parametrize(
    "served",
    [
        Served("Gone", 404, HTML),
        Served("", 301, {"Location": "/news/new/"}),
        Served("User-agent: *", 200, {"Content-Type": "text/plain"}),
        Served("<p>No tier</p>", 200, HTML),
    ],
)
async def test_what_is_no_page_is_passed_on_and_not_held(
    newspaper: Newspaper, visitor: Visitor, gate: Gate, served: Served
) -> None:
    served.headers |= {"Set-Cookie": "a=b", "Standfirst-Tags": "x", "X-Other": "kept"}
    newspaper.pages[PATH] = served
    for _ in range(2):
        answer = await visitor.get(PATH)
        assert (answer.status, answer.text) == (served.status, served.body)
        assert answer.header("location") == served.headers.get("Location")
        assert answer.header("x-other") == "kept"
        assert answer.header("set-cookie") is None
        assert answer.header("standfirst-tags") is None
    assert len(newspaper.requests(PATH)) == 2
    assert not gate.shelf.pages


@pytest.mark.parametrize(
    "headers", [{"Set-Cookie": "a=b"}, {"Cache-Control": "no-store"}, {"Cache-Control": "private, No-Store"}]
)
async def test_a_page_that_may_not_be_held_is_cut_all_the_same(
    newspaper: Newspaper, visitor: Visitor, gate: Gate, headers: dict[str, str]
) -> None:
    newspaper.pages[PATH] = page(story(), **headers)
    answer = await visitor.get(PATH)
    assert answer.status == 200
    assert "Register to keep reading" in answer.text
    assert "herons" not in answer.text
    assert answer.header("set-cookie") is None
    assert not gate.shelf.pages


@pytest.mark.parametrize(
    "served",
    [
        Served(story(), 200, HTML),
        Served(story(), 404, HTML),
        Served(story(), 200, {"Content-Type": "application/xhtml+xml; charset=x; html"}),
        Served(story(), 200, HTML | {"Standfirst-Tier": "premium"}),
        Served(story().encode("utf-16"), 200, {"Content-Type": "text/html; charset=utf-16"}),
        Served(story(), 200, {"Content-Type": "text/html; charset=latin-1", "Standfirst-Tier": "registered"}),
        Served(story().encode() + b"\xff", 200, HTML | {"Standfirst-Tier": "registered"}),
        Served(story(), 206, HTML | {"Standfirst-Tier": "registered"}),
        Served(story(), 404, HTML | {"Standfirst-Tier": "metered"}),
        Served(story(), 200, {"Content-Type": "application/json", "Standfirst-Tier": "registered"}),
        Served(
            gzip.compress(story().encode()), 200, HTML | {"Standfirst-Tier": "registered", "Content-Encoding": "gzip"}
        ),
    ],
)
async def test_a_story_that_does_not_say_what_it_is_is_shown_to_nobody(
    newspaper: Newspaper, visitor: Visitor, gate: Gate, served: Served
) -> None:
    newspaper.pages[PATH] = served
    for headers in ({}, {"Cookie": pass_cookie()}):
        answer = await visitor.ask("GET", PATH, headers)
        assert b"herons" not in answer.body
        assert "herons".encode("utf-16")[2:] not in answer.body
        assert answer.status == 502 or "Register to keep reading" in answer.text
    assert not gate.shelf.pages


async def test_only_the_named_headers_of_a_page_are_kept(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.pages[PATH] = page(
        story(),
        tags="story:1",
        **{"Content-Security-Policy": "default-src 'self'", "X-Powered-By": "x", "ETag": '"site"'},
    )
    answer = await visitor.get(PATH)
    assert answer.header("content-security-policy") == "default-src 'self'"
    assert answer.header("x-powered-by") is None
    assert answer.header("etag") != '"site"'
    assert not [name for name, _ in answer.headers if name.startswith("standfirst")]


async def test_forwarding_tells_the_site_who_asks_and_nothing_the_public_made_up(
    newspaper: Newspaper, visitor: Visitor
) -> None:
    newspaper.pages["/account/"] = Served(
        "Hello", 200, HTML | {"Standfirst-Secret": "x", "Connection": "X-Hop", "X-Hop": "1"}
    )
    answer = await visitor.ask(
        "POST",
        "/account/?a=%2F",
        {
            "Standfirst-Gate": "forged", "STANDFIRST-CLIENT": "6.6.6.6", "Standfirst_Gate": "forged",
            "standfirst-tier": "free",
            "X-Forwarded-For": "1.2.3.4", "X-Forwarded-Host": "evil", "X-Forwarded-Proto": "https",
            "X_Forwarded_For": "1",
            "X-Hop": "1", "TE": "trailers", "Cookie": "a=b", "X-Kept": "1",
        },
        b"a=1",
    )  # fmt: skip
    (asked,) = newspaper.asked
    names = {name.lower() for name in asked.headers}
    assert asked.headers.getall("Standfirst-Gate") == [SECRET]
    assert asked.headers["Standfirst-Client"] == "127.0.0.1"
    assert asked.headers["Standfirst-Forwarded"] == "1"
    assert asked.headers["Host"] == "127.0.0.1:8000"
    assert asked.headers["Cookie"] == "a=b"
    assert asked.raw_path == "/account/?a=%2F"
    assert newspaper.bodies == [b"a=1"]
    assert not names & {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "standfirst-tier", "te"}
    assert not any("_" in name for name in names)
    assert {"x-kept"} <= names
    assert answer.header("standfirst-secret") is None
    assert answer.header("x-hop") is None


async def test_a_header_that_connection_names_ends_at_the_gate(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.pages["/account/"] = Served("Hello", 200, HTML)
    await visitor.raw(
        b"GET /account/ HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nX-Kept: 1\r\n\r\n"
    )
    (asked,) = newspaper.asked
    assert "X-Hop" not in asked.headers
    assert "X-Kept" in asked.headers
    assert "Standfirst-Forwarded" not in asked.headers


async def test_a_form_over_one_megabyte_is_told_so(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.pages["/account/"] = Served("Hello", 200, HTML)
    assert (await visitor.ask("POST", "/account/", body=b"a" * (1024 * 1024))).status == 200
    answer = await visitor.ask("POST", "/account/", body=b"a" * (10 * 1024 * 1024))
    assert answer.status == 413
    assert "too much" in answer.text
    assert len(newspaper.bodies) == 1


async def test_a_form_that_does_not_say_how_long_it_is_is_counted(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.pages["/account/"] = Served("Hello", 200, HTML)
    head = b"POST /account/ HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + b"a" * 65536 + b"\r\n"
    assert (await visitor.raw(head + chunk * 3 + b"0\r\n\r\n")).status == 200
    assert (await visitor.raw(head + chunk * 40 + b"0\r\n\r\n")).status == 413
    assert [len(body) for body in newspaper.bodies] == [3 * 65536]


async def test_the_site_is_asked_only_when_a_form_has_come_whole(newspaper: Newspaper, running: Running) -> None:
    newspaper.pages["/account/"] = Served("Hello", 200, HTML)
    reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
    writer.write(b"POST /account/ HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nContent-Length: 4\r\n\r\na=")
    await asyncio.sleep(0.2)
    assert not newspaper.asked
    writer.write(b"12")
    assert (await read_answer(reader)).status == 200
    assert newspaper.bodies == [b"a=12"]
    writer.close()


async def test_a_rush_of_forms_leaves_the_site_room_for_pages(newspaper: Newspaper, visitor: Visitor) -> None:
    hashed = asyncio.Event()
    newspaper.pages["/account/join/"] = Served("Thank you", 200, HTML, hashed)
    newspaper.pages[PATH] = page(story())
    forms = [asyncio.create_task(visitor.ask("POST", "/account/join/", body=b"a=1")) for _ in range(20)]
    await asyncio.sleep(0.2)
    assert len(newspaper.requests("/account/join/")) == 2
    assert (await visitor.get(PATH)).status == 200
    assert (await visitor.get("/account/")).status == 404
    hashed.set()
    assert [answer.status for answer in await asyncio.gather(*forms)] == [200] * 20


async def test_a_flood_of_addresses_is_held_back_at_the_gate(newspaper: Newspaper, visitor: Visitor) -> None:
    looked_up = asyncio.Event()
    paths = [f"{folder}{number}/" for folder in ("/none/", "/account/none/") for number in range(20)]
    newspaper.pages |= {path: Served("Not here", 404, HTML, looked_up) for path in paths}
    asking = [asyncio.create_task(visitor.get(path)) for path in paths]
    await asyncio.sleep(0.2)
    assert len(newspaper.asked) == 16
    looked_up.set()
    assert [answer.status for answer in await asyncio.gather(*asking)] == [404] * 40


async def test_a_body_s_length_is_said_by_the_gate_however_the_client_wrote_it(
    newspaper: Newspaper, visitor: Visitor
) -> None:
    newspaper.pages["/account/"] = Served("Hello", 200, HTML)
    head = b"POST /account/ HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n"
    for length in (b"Content-Length: 3 ", b"Content-Length: 003", b"Connection: content-length\r\nContent-Length: 3"):
        assert (await visitor.raw(head + length + b"\r\n\r\na=1")).status == 200
    assert (await visitor.raw(head + b"Transfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n0\r\n\r\n")).status == 200
    assert newspaper.bodies == [b"a=1"] * 4
    assert [request.headers.getall("Content-Length") for request in newspaper.asked] == [["3"]] * 4


async def test_what_follows_a_body_is_not_taken_for_headers(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.pages["/account/"] = Served("Hello", 200, HTML)
    head = b"POST /account/ HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert (await visitor.raw(head + b"1\r\na\r\n0\r\nOrigin: http://127.0.0.1:8000\r\nHost: x\r\n\r\n")).status == 200
    (asked,) = newspaper.asked
    assert "Origin" not in asked.headers


async def test_a_picture_for_the_desk_may_be_large(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.pages["/desk/"] = Served("Thank you", 200, HTML)
    assert (await visitor.ask("POST", "/desk/", body=b"a" * (5 * 1024 * 1024))).status == 200
    assert len(newspaper.bodies[0]) == 5 * 1024 * 1024


async def test_an_answer_keeps_all_its_cookies(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.sessions = {}
    answer = await visitor.get("/account/none/")
    assert answer.status == 404


async def test_when_the_site_is_away_held_pages_go_on_and_others_say_so_calmly(
    newspaper: Newspaper, visitor: Visitor
) -> None:
    newspaper.pages[PATH] = page(story())
    await visitor.get(PATH)
    newspaper.down = True
    assert (await visitor.get(PATH)).status == 200
    assert "herons" in (await visitor.get(PATH, Cookie=pass_cookie())).text
    for method, path in (("GET", "/news/other/"), ("GET", "/account/"), ("POST", "/account/")):
        answer = await visitor.ask(method, path, body=b"a=1" if method == "POST" else b"")
        assert answer.status == 503
        assert "We cannot fetch this page just now. Please try again in a minute." in answer.text
        assert answer.header("retry-after") == "60"
        assert answer.header("cache-control") == "no-store"


async def test_web_sockets_are_refused(newspaper: Newspaper, visitor: Visitor) -> None:
    upgrade = {"Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    lines = "".join(f"{name}: {value}\r\n" for name, value in upgrade.items())
    for path in ("/", "/account/", PATH):
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nConnection: Upgrade\r\n{lines}\r\n"
        assert (await visitor.raw(request.encode())).status == 400
    assert not newspaper.asked


async def test_an_offer_of_another_protocol_is_not_taken_up(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.pages[PATH] = page(story())
    request = f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
    answer = await visitor.raw(request.encode())
    assert answer.status == 200
    assert answer.header("connection") == "close"
