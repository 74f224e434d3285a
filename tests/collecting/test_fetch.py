"""A feed is fetched politely and within limits, and nothing leads the fetcher to a machine that is not public."""

import gzip
import ipaddress
import time
from datetime import UTC, datetime

import pytest

from pipeline.collecting import Fetcher
from pipeline.collecting.addresses import is_public, read_address
from pipeline.errors import FetchError

FEED = b"<rss><channel></channel></rss>"
PRIVATE = ipaddress.ip_address("10.0.0.7")
LOOPBACK = ipaddress.ip_address("127.0.0.1")


def refused(fetcher, url):
    with pytest.raises(FetchError) as error:
        fetcher.fetch(url)
    for said in (error.value.en, error.value.th):
        assert "\n" not in said
        assert said.strip()
    assert "must" in error.value.en
    assert "Got" in error.value.en
    return error.value


def test_a_feed_is_fetched_with_its_marks(site, fetcher):
    site.serve("/feed", FEED, ETag='"v1"', Last_Modified="Mon, 26 Feb 2007 07:08:00 GMT")
    fetched = fetcher().fetch(site.url())
    assert (fetched.body, fetched.etag, fetched.last_modified) == (FEED, '"v1"', "Mon, 26 Feb 2007 07:08:00 GMT")
    assert site.paths() == ["/robots.txt", "/feed"]
    headers = site.asked[1][1]
    assert headers["Host"] == f"feed.test:{site.port}"  # the name goes on standing in the request
    assert headers["User-Agent"].startswith("thai-lessons")
    assert "If-None-Match" not in headers


def test_what_is_unchanged_is_not_sent_again(site, fetcher):
    site.serve("/feed", b"", 304)
    fetched = fetcher().fetch(site.url(), '"v1"', "Mon, 26 Feb 2007 07:08:00 GMT")
    assert (fetched.body, fetched.etag) == (None, '"v1"')
    assert site.asked[1][1]["If-None-Match"] == '"v1"'
    assert site.asked[1][1]["If-Modified-Since"] == "Mon, 26 Feb 2007 07:08:00 GMT"
    assert "304" in refused(fetcher(), site.url()).en  # who was not asked about a version cannot say that it is the same


@pytest.mark.parametrize(
    "url",
    [
        "ftp://feed.test/x", "file:///etc/passwd", "feed.test/x", "http://", "http:///x", "http://a b/", "http://feed.test:99999/", "http://feed.test/\n",
        "http://[::1", "javascript:alert(1)", "gopher://x", "http://" + "a" * 300 + "/", "http://feed.test/" + "a" * 3000, "http://..test/",
    ],
)  # fmt: skip
def test_an_address_of_another_kind_is_refused_unasked(fetcher, url):
    assert "http:// or https://" in refused(fetcher(), url).en


def test_a_password_in_an_address_is_refused_and_not_shown(fetcher):
    error = refused(fetcher(), "http://nid:s3cret@feed.test/x")
    assert "no password" in error.en
    assert "s3cret" not in error.en + error.th


@pytest.mark.parametrize(
    "machine",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1", "255.255.255.255", "::1", "::",
        "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "ff02::1", "198.18.0.1", "192.0.0.1",
    ],
)  # fmt: skip
def test_no_private_machine_is_public(machine):
    assert not is_public(ipaddress.ip_address(machine))


@pytest.mark.parametrize("machine", ["8.8.8.8", "203.150.19.1", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_public_machines_are(machine):
    assert is_public(ipaddress.ip_address(machine))


def test_loopback_is_refused_unless_a_test_allows_it(site):
    site.serve("/feed", FEED)
    for host in ("127.0.0.1", "localhost"):
        assert "public network" in refused(Fetcher(), site.url(host=host)).en
    assert site.asked == []


def test_a_name_that_leads_to_a_private_machine_is_refused(site, fetcher):
    site.serve("/feed", FEED)
    assert "public network" in refused(fetcher(resolve=lambda _h, _p: [PRIVATE]), site.url()).en
    assert "public network" in refused(fetcher(resolve=lambda _h, _p: [LOOPBACK, PRIVATE]), site.url()).en
    assert site.asked == []


def test_a_name_without_a_machine_is_told(site, fetcher):
    assert "name server" in refused(fetcher(resolve=lambda _h, _p: []), site.url()).en


def test_the_machine_that_was_looked_at_is_the_one_that_is_asked(site, fetcher):
    """A name server that answers something else each time is asked once for each connection, and each answer is looked at."""
    answers = [[LOOPBACK], [LOOPBACK], [PRIVATE]]
    asked = []

    def resolve(host, _port):
        asked.append(host)
        return answers[len(asked) - 1]

    site.serve("/feed", FEED)
    changing = fetcher(resolve=resolve)
    assert changing.fetch(site.url()).body == FEED
    assert asked == ["feed.test", "feed.test"]  # robots.txt and the feed
    assert "public network" in refused(changing, site.url()).en


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_its_robots_asked(site, fetcher, status):
    site.serve("/old", b"", status, Location="/new")
    site.serve("/new", FEED)
    assert fetcher().fetch(site.url("/old")).body == FEED
    assert site.paths() == ["/robots.txt", "/old", "/new"]


@pytest.mark.parametrize(
    "target", ["http://inner.test/", "http://10.0.0.7/", "http://127.1.1.1/", "file:///etc/passwd", "http://u:p@feed.test/", "//["]
)
def test_a_redirect_leads_to_no_place_that_may_not_be_asked(site, fetcher, target):
    def resolve(host, _port):
        return [LOOPBACK] if host == "feed.test" else [PRIVATE]

    site.serve("/feed", b"", 302, Location=target)
    refused(fetcher(resolve=resolve), site.url())
    assert site.paths() == ["/robots.txt", "/feed"]


def test_robots_of_a_redirect_may_not_lead_inside_either(site, fetcher):
    site.serve("/robots.txt", b"", 302, Location="http://inner.test/robots.txt")
    site.serve("/feed", FEED)
    assert "public network" in refused(fetcher(resolve=lambda host, _p: [LOOPBACK] if host == "feed.test" else [PRIVATE]), site.url()).en
    assert "/feed" not in site.paths()


def test_redirects_without_end_are_cut(site, fetcher):
    site.serve("/feed", b"", 302, Location="/feed")
    assert "5 redirects" in refused(fetcher(), site.url()).en
    assert site.paths().count("/feed") == 6


def test_what_robots_forbid_is_not_asked(site, fetcher):
    site.serve("/robots.txt", b"User-agent: *\nDisallow: /feed\n")
    site.serve("/feed", FEED)
    site.serve("/open", FEED)
    assert "robots.txt" in refused(fetcher(), site.url()).en
    assert fetcher().fetch(site.url("/open")).body == FEED
    assert "/feed" not in site.paths()


def test_a_redirect_to_what_robots_forbid_is_not_followed(site, fetcher):
    site.serve("/robots.txt", b"User-agent: thai-lessons\nDisallow: /new\n")
    site.serve("/feed", b"", 302, Location="/new")
    site.serve("/new", FEED)
    refused(fetcher(), site.url())
    assert "/new" not in site.paths()


@pytest.mark.parametrize(("status", "asked"), [(404, True), (403, True), (500, False), (503, False), (429, False)])
def test_without_rules_all_is_allowed_and_while_they_cannot_be_had_nothing_is(site, fetcher, status, asked):
    site.serve("/robots.txt", b"", status)
    site.serve("/feed", FEED)
    if asked:
        assert fetcher().fetch(site.url()).body == FEED
    else:
        assert str(status) in refused(fetcher(), site.url()).en
    assert ("/feed" in site.paths()) == asked


def test_strange_rules_do_no_harm(site, fetcher):
    site.serve("/robots.txt", b"\xff\xfe\0User-agent: *\nDisallow: /" + b"*a" * 5_000 + b"$\nCrawl-delay: nan\nCrawl-delay: 1e999\n")
    site.serve("/feed", FEED)
    assert fetcher().fetch(site.url()).body == FEED


def test_one_host_is_asked_with_a_pause(site, fetcher, clock):
    site.serve("/robots.txt", b"User-agent: *\nCrawl-delay: 7\n")
    site.serve("/feed", FEED)
    polite = fetcher()
    polite.fetch(site.url())
    polite.fetch(site.url())
    assert clock.slept == [7.0, 7.0]
    polite.fetch(site.url(host="other.test"))  # another host waits only between its own two questions
    assert clock.slept == [7.0, 7.0, 7.0]


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", 120.0),
        ("999999999999", 7 * 24 * 3600.0),
        ("Mon, 26 Feb 2007 08:00:00 GMT", 3600.0),
        ("Mon, 26 Feb 2006 08:00:00 GMT", 0.0),
        ("soon", None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_site_that_asks_to_be_left_alone_is(site, fetcher, status, header, wait):
    site.serve("/feed", b"", status, Retry_After=header)
    error = refused(fetcher(now=lambda: datetime(2007, 2, 26, 7, 0, tzinfo=UTC)), site.url())
    assert error.wait == wait


@pytest.mark.parametrize("status", [204, 206, 400, 401, 404, 410, 418, 500])
def test_every_other_status_is_told(site, fetcher, status):
    site.serve("/feed", b"", status)
    assert str(status) in refused(fetcher(), site.url()).en


def test_a_huge_body_is_cut_off_whether_it_says_so_or_not(site, fetcher):
    site.serve("/stated", b"x" * 300_000)
    sent = []

    def pour(handler):
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        for _ in range(10_000):
            handler.wfile.write(b"x" * 65_536)
            sent.append(65_536)

    site.serve("/poured", pour)
    for path in ("/stated", "/poured"):
        assert "MB at most" in refused(fetcher(), site.url(path)).en
    assert sum(sent) < 50_000_000


def test_what_is_packed_is_unpacked_and_a_bomb_is_not(site, fetcher):
    site.serve("/feed", gzip.compress(FEED), Content_Encoding="gzip")
    assert fetcher().fetch(site.url()).body == FEED
    site.serve("/two", gzip.compress(FEED[:9]) + gzip.compress(FEED[9:]), Content_Encoding="gzip")
    assert fetcher().fetch(site.url("/two")).body == FEED
    site.serve("/bomb", gzip.compress(b"\0" * 100_000_000), Content_Encoding="gzip")
    assert "MB at most" in refused(fetcher(), site.url("/bomb")).en
    site.serve("/broken", b"no gzip at all", Content_Encoding="gzip")
    assert "damaged" in refused(fetcher(), site.url("/broken")).en
    site.serve("/br", b"x", Content_Encoding="br")
    assert "packed as br" in refused(fetcher(), site.url("/br")).en


@pytest.mark.parametrize("place", ["status", "headers", "body"])
def test_whoever_drips_is_cut_off_in_time(site, fetcher, place):
    def drip(handler):
        pieces = {"status": b"", "headers": b"HTTP/1.1 200 OK\r\n", "body": b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"}[place]
        handler.wfile.write(pieces)
        for sign in b"H" * 60 if place == "status" else b"X-A: b" + b"c" * 60:
            handler.wfile.write(bytes([sign]))
            handler.wfile.flush()
            time.sleep(0.1)
        handler.close_connection = True

    site.serve("/feed", drip)
    begun = time.monotonic()
    assert "seconds" in refused(fetcher(seconds=0.7), site.url()).en
    assert time.monotonic() - begun < 5


def test_silence_and_what_is_no_http_are_told(site, fetcher):
    def garbage(handler):
        handler.wfile.write(b"220 mail.example.org ESMTP\r\n" * 40)
        handler.close_connection = True

    def hang_up(handler):
        handler.close_connection = True

    def many_headers(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 100_000)
        handler.close_connection = True

    for number, answer in enumerate((garbage, hang_up, many_headers)):
        site.serve(f"/{number}", answer)
        assert "web server" in refused(fetcher(), site.url(f"/{number}")).en
    free = Site_without_a_server()
    assert "web server" in refused(fetcher(), f"http://feed.test:{free}/").en


def Site_without_a_server():  # noqa: N802 - reads as what it stands for
    import socket

    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def test_a_mark_that_cannot_be_sent_back_is_not_kept(site, fetcher):
    site.serve("/feed", FEED, ETag="x" * 600)
    assert fetcher().fetch(site.url()).etag is None


def test_an_address_in_thai_is_written_as_machines_read_it():
    found = read_address("HTTP://Example.ORG:80/ฟีด?ก=ข")
    assert found.url == "http://example.org/%E0%B8%9F%E0%B8%B5%E0%B8%94?%E0%B8%81=%E0%B8%82"
