"""A team and its week: the posts of each night, a site with their feed, readers, a mail server, and a lessons.toml that names them all."""

import ipaddress
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pipeline.collecting import Fetcher
from pipeline.jobs.run import RunOrder
from tests.postbox import USER

LOOPBACK = ipaddress.ip_address("127.0.0.1")
BANGKOK = timedelta(hours=7)
READERS = {
    "team": "",
    "euea": 'roles = ["คุณเอื้อ"]',
    "school": 'cut = "agency"\nagency = "กศน."',
    "english": 'lang = "en"',
    "beside": "outside = true",
    "leaving": "",
    "quiet": 'cut = "agency"\nagency = "กรมที่ไม่มีใครเอ่ยถึง"',
}


@dataclass(frozen=True)
class Told:
    """A post of the feed: its number, title, day of November 2026 and text."""

    number: int
    title: str
    day: int
    text: str


BEFORE = (
    Told(1, "วงคุยแรกของเดือน", 20, "เราได้เรียนรู้ว่าถ้าให้แต่ละบ้านเล่าก่อน คนจะกล้าพูดมากขึ้น\n\nตอนนี้ยังขาดคนจดบันทึกของตำบลบน"),
    Told(2, "เรื่องตลาดเช้า", 21, "ที่ประชุมตกลงให้ กศน. จัดอบรมการทำบัญชีครัวเรือน วันที่ 9 ธันวาคม 2569\n\nปัญหาคือรถรับส่งมีไม่พอ"),
    Told(3, "ก่อนเวทีใหญ่", 23, "คุณเอื้อรับปากว่าจะหาเงินค่ารถให้ภายในวันที่ 4 ธันวาคม 2569\n\nบทเรียนคือต้องนัดล่วงหน้าอย่างน้อยสองสัปดาห์"),
)
NIGHTS = (
    (Told(4, "ลงพื้นที่บ้านริมคลอง", 25, "พบว่าคลองตื้นเขินจนเรือเข้าไม่ได้ ชาวบ้านเดือดร้อนมาก\n\nจะชวนเทศบาลมาดูพื้นที่วันที่ 7 ธันวาคม 2569"),),
    (
        Told(5, "สมุดบัญชีเล่มแรก", 26, "เรียนรู้ว่าเริ่มจากรายจ่ายวันละบรรทัดทำได้จริงกว่าให้กรอกแบบฟอร์มยาว"),
        Told(6, "เด็กๆ ช่วยจด", 26, "ยังขาดสมุดอีกสี่สิบเล่ม และยังไม่มีใครรับผิดชอบ\n\nตกลงกันว่าครูศรีจะไปขอที่ กศน. ในวันที่ 1 ธันวาคม 2569"),
    ),
    (Told(7, "ฝนหลงฤดู", 27, "เวทีวันเสาร์เลื่อนไปเป็นวันที่ 5 ธันวาคม 2569 เพราะน้ำท่วมทางเข้า"),),
    (Told(8, "หารถได้แล้ว", 28, "คุณเอื้อหาเงินค่ารถได้ครบแล้ว รถจะมารับตั้งแต่เวทีหน้า"),),
    (),
    (Told(4, "ลงพื้นที่บ้านริมคลอง", 25, "พบว่าคลองตื้นเขินจนเรือเข้าไม่ได้ ชาวบ้านเดือดร้อนมาก\n\nเทศบาลขอเลื่อนมาดูพื้นที่เป็นวันที่ 8 ธันวาคม 2569"),),
    (Told(9, "สรุปก่อนประชุม", 30, "บทเรียนของสัปดาห์นี้คือให้เด็กเป็นคนจด ผู้ใหญ่จะเล่าเรื่องได้ละเอียดขึ้น\n\nปัญหาคือยังไม่มีที่เก็บสมุด"),),
)
BY_HAND = "บันทึกจากกระดาษ\n\nเรียนรู้ว่าป้ายประกาศหน้าร้านค้าได้ผลกว่าหนังสือเชิญ\n\nหมายเลขบันทึก: 7001เขียนเมื่อ 27 พฤศจิกายน 2569\n"


class Site:
    """The site of the team's blog on loopback: its feed of all that was written so far, and whether it answers."""

    def __init__(self):
        self.posts = {}
        self.up = True
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                found = self.path == "/feed"
                self.send_response(200 if found and site.up else 404 if site.up else 500)
                self.end_headers()
                self.wfile.write(site.feed() if found and site.up else b"")

            def log_message(self, *_words):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://blog.test:{self.server.server_address[1]}/feed"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def publish(self, posts):
        self.posts |= {post.number: post for post in posts}

    def feed(self):
        return f"<rss version='2.0'><channel>{''.join(map(_item, reversed(self.posts.values())))}</channel></rss>".encode()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def _item(post):
    moment = format_datetime(datetime(2026, 11, post.day, 3, 0, tzinfo=UTC))
    paragraphs = "".join(f"<p>{line}</p>" for line in post.text.split("\n\n"))
    return (
        f"<item><guid>tag:{post.number}</guid><title>{post.title}</title><pubDate>{moment}</pubDate>"
        f"<description>{escape(paragraphs)}</description></item>"
    )


def fetcher():
    """Return who asks the site: to it, loopback is the public network."""
    return Fetcher(may_connect=lambda machine: machine == LOOPBACK, resolve=lambda _host, _port: [LOOPBACK], sleep=lambda _seconds: None)


def order_in(home, model, database):
    """Return the order of a night of the team that lives in a folder."""
    return RunOrder((home / "posts",), home / "out", database, home / "lessons.toml", model, language="en")


def found_team(home, url, office, certificate):
    """Write the folder of a team: an empty inbox, and the lessons.toml with its feed, readers and mail server."""
    (home / "posts").mkdir(parents=True)
    readers = "".join(f'[[reader]]\nemail = "{name}@example.org"\n{lines}\n' for name, lines in READERS.items())
    (home / "lessons.toml").write_text(
        '[project]\nid = "pinto"\nname = "ปิ่นโตสัญจร"\n'
        '[[phase]]\nid = "one"\nname = "ระยะที่ 1"\nfirst_day = 2026-11-01\nlast_day = 2026-12-31\n'
        f'[schedule]\nmeeting = "พฤหัสบดี"\n[[feed]]\nid = "blog"\nurl = "{url}"\n{readers}'
        f'[mail]\nsender = "km@example.org"\nhost = "127.0.0.1"\nport = {office.bound_port}\nuser = "{USER}"\nca_file = "{certificate}"\n',
        encoding="utf-8",
    )


def at(day, hour, minute=0, month=11):
    """Return a moment by the clock of the project."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - BANGKOK
