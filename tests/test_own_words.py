"""No stretch of a stranger's post stands in the project: whole texts are compared, marked or not, as far as posts of others lie at hand.

Their folder is the one that `LESSONS_OTHER_POSTS` names, else `shared/posts` beside the checkout or beside the repository that it was cloned from.
"""

import os
import re
import subprocess
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STRETCH = 28  # characters; shorter ones are the language's own
SEED = STRETCH // 2  # one in so many places is looked up: a stretch holds at least one of them whole
BLANKS = ("", " ")  # stretches are counted without blanks, and with one for each run of them
MARK = re.compile(r"⟦[^|⟦⟧]*\||⟧")
UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff]")
# what a site prints round every post, and names that are nobody's wording; a stretch ends there
NOBODYS = re.compile(
    r"หมายเลขบันทึก|บันทึกนี้เขียนที่\s*GotoKnow\s*(?:โดย)?\s*(?:ใน)?|(?:เขียน|แก้ไข)เมื่อ\s*[\w.]*\s*[\w.]*\s*\d*|\d\d:\d\d\s*น\.\s*\(\)|สัญญาอนุญาต:"
    r"|จำนวนที่อ่าน(?:จำนวนที่อ่าน)?:?|ความเห็น\s*\(\d*\)?|พบปัญหาการใช้งานกรุณาแจ้ง\s*LINE\s*ID\s*@gotoknow|ClassStart"
    r"|มหาวิทยาลัยเทคโนโลยีราชมงคล(?:ศรีวิชัย)?"
)


def compared(text, blank):
    """Return a text as it is compared: without marks and unseen characters, its blanks alike."""
    return blank.join(UNSEEN.sub("", MARK.sub("", unicodedata.normalize("NFC", text))).split())


def windows(text, length):
    return {text[start : start + length] for start in range(len(text) - length + 1)}


def stretches(own, others):
    """Return what of the text stands in one of the others, each time as its first `STRETCH` characters."""
    found = set()
    for blank in BLANKS:
        texts = [compared(other, blank) for other in others]
        held = set().union(*(windows(text, STRETCH) for text in texts))
        seeds = set().union(*(windows(text, SEED) for text in texts))
        for name, whole in own.items():
            for text in (compared(part, blank) for part in NOBODYS.split(whole)):
                hits = [at for at in range(0, len(text) - SEED + 1, SEED) if text[at : at + SEED] in seeds]
                starts = (start for at in hits for start in range(max(0, at - SEED), at + 1) if text[start : start + STRETCH] in held)
                first = next(starts, None)
                if first is not None:
                    found.add(f"{name}: {text[first : first + STRETCH]}")
    return sorted(found)


def asked(*command):
    said = subprocess.run(["git", *command], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    return said.stdout if said.returncode == 0 else ""


def posts_of_others():
    """Return the posts that lie at hand; skip with one line where there are none."""
    named = os.environ.get("LESSONS_OTHER_POSTS")
    cloned_from = asked("config", "remote.origin.url").strip()
    beside = [ROOT.parent, *([Path(cloned_from).parent] if cloned_from.startswith("/") else [])]
    for folder in [Path(named)] if named else [place / "shared" / "posts" for place in beside]:
        posts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*")) if path.is_file()]
        if posts:
            return posts
    if named:
        pytest.fail(f"LESSONS_OTHER_POSTS: {named} must hold posts. Got none. Name another folder, or none")
    pytest.skip("no posts of others to compare ours with, in shared/posts beside the checkout or where LESSONS_OTHER_POSTS says")


def own_texts():
    """Return every text of the project by its path, saved pages in the old Thai encoding too."""
    texts = {}
    for name in filter(None, asked("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")):
        data = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        if b"\0" not in data:
            try:
                texts[name] = data.decode("utf-8")
            except UnicodeDecodeError:
                texts[name] = data.decode("cp874", errors="replace")
    return texts


def test_no_stretch_of_the_posts_of_others_stands_in_the_project():
    others, own = posts_of_others(), own_texts()
    assert any(name.startswith("corpora/posts/") for name in own)
    assert stretches(own, others) == []


OTHER = "เมื่อวาน\nกลุ่มเลี้ยงแพะช่วยกันซ่อมรั้วไม้ไผ่หลังศาลาจนเย็น\nแล้วกลับบ้าน"


@pytest.mark.parametrize(
    "own",
    [
        pytest.param("วันนี้ กลุ่มเลี้ยงแพะช่วยกันซ่อมรั้วไม้ไผ่หลังศาลา ด้วย", id="in what no mark holds"),
        pytest.param("⟦I|กลุ่มเลี้ยงแพะช่วย⟧⟦A who=กลุ่ม; state=done|กันซ่อมรั้วไม้ไผ่หลัง⟧ศาลา", id="across the borders of marks"),
        pytest.param("กลุ่มเลี้ยงแพะ ช่วยกัน  ซ่อมรั้ว\nไม้ไผ่ หลังศาลา", id="with other blanks"),
        pytest.param("แพะช่วย\u200bกันซ่อมรั้วไม้ไผ่หลังศาลา", id="with characters that nobody sees"),
    ],
)
@pytest.mark.parametrize("shift", range(SEED), ids="{} before".format)
def test_a_stretch_is_found_wherever_it_stands(own, shift):
    assert len(stretches({"a.txt": "ฝ" * shift + own}, [OTHER])) >= 1


@pytest.mark.parametrize(
    "own",
    [
        pytest.param("แพะช่วยกันซ่อมรั้วไม้ไผ่หลังศาลา"[: STRETCH - 1], id="shorter"),
        pytest.param("กลุ่มเลี้ยงแพะช่วยกันทาสีซ่อมรั้วไม้ไผ่หลังศาลา", id="in other words"),
        pytest.param("หมายเลขบันทึก: 12เขียนเมื่อ 3 มีนาคม 2550 20:14 น. ()สัญญาอนุญาต: ความเห็น (10)", id="what the site prints"),
    ],
)
def test_what_is_no_wording_of_theirs_is_left(own):
    assert stretches({"a.txt": own}, [OTHER, "โดย\nหมายเลขบันทึก: 45เขียนเมื่อ 3 มีนาคม 2550 20:14 น. ()สัญญาอนุญาต: ความเห็น (10)"]) == []
