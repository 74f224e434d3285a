"""The pictures of the guides: what the program writes for the sample posts, and the review app on them, as a browser shows them.

    make pictures        (or python -m tests.pictures FOLDER)

Goes out: PNG files of a few colours in `docs/pictures`. Refuses, in one line, a machine without Chromium, its driver or Pillow; without LibreOffice
the pictures of Word and Excel stay as they are.
"""

from __future__ import annotations

import importlib.util
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path

from pipeline.review.people import add_reviewer, new_reviewer
from pipeline.review.serving import open_site
from tests.browser.chromium import NoBrowser, started
from tests.review.browser.conftest import Served

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "corpora" / "samples"
LATEST = ("06-", "09-", "14-")  # the posts that the second run finds, so that a digest tells what has changed
COLOURS = 48
PAGE, DESK, PHONE = {"width": 820, "height": 900}, {"width": 1120, "height": 760}, {"width": 390, "height": 780}
PASSWORD = "of a database that lives for a minute"
READERS = """
[[reader]]
email = "euea@example.org"
cut = "executive"

[[reader]]
email = "host@example.org"
cut = "host"
agency = "อบต.หนองตะโก"

[[reader]]
email = "guest@example.org"
outside = true

[review]
training = false
"""
DIGEST = "phase-2/digest.html"
SECTIONS = {  # the picture, and the first and last part of the digest that it shows
    "changes": ("#changes", "#changes"),
    "followed": ("#followed", "#followed"),
    "lessons": ("#lesson", "#lesson"),
    "actions": ("#action", "#action"),
    "areas": ("#areas", "#partners"),
    "aar": ("#card", "#card"),
    "questions": ("#questions", "#questions"),
    "doubts": ("#doubts", "#doubts"),
}


def main(folder: Path) -> None:
    """Take every picture."""
    if importlib.util.find_spec("PIL") is None:
        raise NoBrowser("Pillow is missing: pip install pillow")
    with tempfile.TemporaryDirectory() as made, started() as browser:
        out = written(Path(made))
        of_files(browser, out, folder)
        with served(out, out.parent / "lessons.toml") as site:
            of_review(browser, site, folder, read_by_two(out))
        of_office(out, folder)
    for picture in sorted(folder.glob("*.png")):
        fewer_colours(picture)


def written(made: Path) -> Path:
    """Return the output of two runs over the samples: the later posts come with the second."""
    posts, out, config = made / "posts", made / "out", made / "lessons.toml"
    config.write_text((ROOT / "lessons.toml").read_text(encoding="utf-8") + READERS, encoding="utf-8")
    shutil.copytree(SAMPLES, posts, ignore=lambda _, names: [name for name in names if name.startswith(LATEST)])
    for _ in range(2):
        program = [sys.executable, "-c", "from pipeline.cli import main; main()", "run", str(posts), "--config", str(config), "--out", str(out)]
        subprocess.run(program, check=True, cwd=ROOT)
        shutil.copytree(SAMPLES, posts, dirs_exist_ok=True)
    return out


def of_files(browser, out: Path, folder: Path) -> None:
    """Take the pictures of the pages that a run writes."""
    page = browser.new_page(viewport=PAGE, color_scheme="light")
    page.goto((out / DIGEST).as_uri())
    shoot(page, folder / "digest.png", "h1", "#top")
    for name, (first, last) in SECTIONS.items():
        shoot(page, folder / f"{name}.png", first, last)
    page.goto((out / "index.html").as_uri())
    shoot(page, folder / "index.png", "h1", ".phase >> nth=-1")
    shoot(page, folder / "charts.png", "#charts h2", "figure >> nth=1")
    page.goto((out / "phase-2/digest.host.html").as_uri())
    shoot(page, folder / "cut-host.png", "h1", "#followed")
    page.goto((out / "phase-2/digest.mail.html").as_uri())
    page.screenshot(path=folder / "mail.png")
    page.goto(next((out / "posts").glob("188214.html")).as_uri())
    page.screenshot(path=folder / "post.png")
    page.goto(next((out / "outside" / "posts").glob("pinto-min-1.html")).as_uri())
    page.screenshot(path=folder / "outside.png", clip={"x": 0, "y": 0, "width": PAGE["width"], "height": 480})
    page.close()


def shoot(page, path: Path, first: str, last: str) -> None:
    """Take what stands from one part of a page to another, with a margin."""
    top, bottom = page.locator(first).first.bounding_box(), page.locator(last).first.bounding_box()
    start = top["y"] - 24
    clip = {"x": 0, "y": start, "width": PAGE["width"], "height": bottom["y"] + bottom["height"] + 24 - start}
    page.screenshot(path=path, clip=clip, full_page=True)


def read_by_two(out: Path) -> str:
    """Return a passage that two reviewers shall read."""
    with closing(sqlite3.connect(out / "lessons.db")) as database:
        return database.execute("SELECT item FROM queue WHERE double AND kind = 'passage' AND label = 'lesson' ORDER BY rank").fetchone()[0]


@contextmanager
def served(out: Path, config: Path):
    """Yield the address of the review app over the run, with a reviewer and one who settles."""
    database = f"sqlite:///{out / 'lessons.db'}"
    for name, shown, role in (("somsri", "สมศรี", "reviewer"), ("wipa", "วิภา", "admin")):
        add_reviewer(database, new_reviewer(name, shown, role, None, "th"), PASSWORD, int(time.time()))
    server = Served(open_site(database, out, config, ("127.0.0.1", 8765), {}))
    try:
        yield server.site.base_url
    finally:
        server.stop()


def of_review(browser, site: str, folder: Path, read_by_two: str) -> None:
    """Take the pictures of the review app, with some decisions made on the way."""
    stranger = browser.new_page(viewport={"width": 800, "height": 560}, color_scheme="light")
    stranger.goto(f"{site}/enter")
    stranger.screenshot(path=folder / "review-enter.png")
    page, settling = entered(browser, site, "somsri", DESK), entered(browser, site, "wipa", DESK)
    page.screenshot(path=folder / "review-desk.png")
    page.click("#why summary")
    page.wait_for_load_state("networkidle")
    page.locator("#why").scroll_into_view_if_needed()
    page.screenshot(path=folder / "review-why.png")
    page.goto("/?label=action")
    press(page, "Digit3")
    page.screenshot(path=folder / "review-fields.png")
    page.goto("/?label=issue")
    press(page, "KeyX")
    page.screenshot(path=folder / "review-split.png")
    page.goto("/?kind=thread")
    while page.get_attribute("#desk > article", "data-related") is None:  # one that would end, refer or move the matter has all four answers
        press(page, "KeyS")
    page.screenshot(path=folder / "review-thread.png")
    page.goto("/search?words=เรือ")
    page.screenshot(path=folder / "review-search.png")
    page.goto("/?label=issue")
    for key in ("Digit2", "Digit2", "Digit1", "Digit2", "Digit4", "Digit2"):
        press(page, key)
    page.goto("/progress")
    page.screenshot(path=folder / "review-progress.png")
    differ(page, settling, read_by_two)
    settling.screenshot(path=folder / "review-adjudicate.png")
    phone = entered(browser, site, "wipa", PHONE, is_mobile=True, has_touch=True)
    while phone.is_disabled('#bar [data-do="accept"]'):  # some are asked without a suggestion: not those, for a guide
        press(phone, "KeyS")
    phone.wait_for_selector("#said p", state="detached")
    phone.screenshot(path=folder / "review-phone.png")
    phone.tap('[data-do="edge_start_on"]')
    phone.wait_for_timeout(500)  # until the tap has faded
    phone.screenshot(path=folder / "review-edges.png")


def press(page, key: str) -> None:
    """Press a key of the desk and wait until its answer is kept."""
    page.keyboard.press(key)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)


def differ(one, other, item: str) -> None:
    """Let two reviewers read the same passage differently, and show it to the one who settles."""
    for page, key in ((one, "Digit1"), (other, "Digit2")):
        page.goto(f"/?open={item}")
        press(page, key)
    other.goto("/adjudicate")


def of_office(out: Path, folder: Path) -> None:
    """Take the first pages of the Word report and of the register, where LibreOffice can draw them."""
    if not (shutil.which("soffice") and shutil.which("pdftoppm")):
        return
    upper_left = ("-r", "180", "-x", "120", "-y", "105", "-W", "1300", "-H", "520")
    for file, name, page, drawn in ((out / "phase-2/digest.docx", "word", "3", ("-r", "80")), (out / "register.xlsx", "register", "1", upper_left)):
        subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(out), str(file)], check=True, capture_output=True)
        pdf, picture = out / file.with_suffix(".pdf").name, folder / name
        subprocess.run(["pdftoppm", "-png", *drawn, "-f", page, "-l", page, "-singlefile", str(pdf), str(picture)], check=True)


def fewer_colours(picture: Path) -> None:
    """Write a picture anew with a palette of its own."""
    from PIL import Image

    with Image.open(picture) as taken:
        if taken.mode != "P":
            taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(picture, optimize=True)


def entered(browser, site: str, name: str, viewport, **options):
    """Return the page of a reviewer who has entered."""
    page = browser.new_context(base_url=site, viewport=viewport, color_scheme="light", locale="th-TH", **options).new_page()
    page.goto("/enter")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("button.primary")
    page.wait_for_url("**/")
    page.wait_for_load_state("networkidle")
    return page


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "docs" / "pictures")
    except NoBrowser as missing:
        sys.exit(str(missing))
