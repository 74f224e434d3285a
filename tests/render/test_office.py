"""What an office program makes of the Word report and the register: pages with our words on them, and none that is blank."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from pipeline.cuts import Cut
from pipeline.digest.cuts import cut
from pipeline.render import documents, register_xlsx
from pipeline.render.register_xlsx import Entry
from pipeline.render.sheet import SHEETS
from tests.render.fullest import fullest, with_room
from tests.render.test_charts import CHARTS

PROGRAMS = ("soffice", "pdftotext", "pdftoppm")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(map(shutil.which, PROGRAMS)), reason=f"one of {', '.join(PROGRAMS)} is missing: apt-get install libreoffice poppler-utils"
    ),
]


@pytest.fixture(name="files")
def _files(followed_digest):
    digest = replace(followed_digest, charts=CHARTS)
    items = {section.label: section.items for section in digest.sections}
    return {
        "report.docx": documents()["docx"][1](digest),
        "sheet.docx": documents()["docx"][1](cut(digest, Cut("executive"))),
        "nothing.docx": documents()["docx"][1](cut(replace(digest, top=()), Cut("agency", agency="กรมที่ไม่มีใครกล่าวถึง"))),
        "register.xlsx": register_xlsx("", None, lambda label: (Entry(digest.phase.name, item, None, has_page=True) for item in items[label])),
    }


WIDE = "Garuda"  # stands in for TH Sarabun New where that is missing, and is wider than others that do


def opened(files, folder):
    """Return where the office program puts the files as PDF."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *(str(folder / name) for name in files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return [(folder / name).with_suffix(".pdf") for name in files]


def in_font(document, font):
    """Return a document that asks for another font."""
    changed = BytesIO()
    with ZipFile(BytesIO(document)) as before, ZipFile(changed, "w") as after:
        for part in before.namelist():
            after.writestr(part, before.read(part).replace(b"TH Sarabun New", font.encode()).replace(b"TH SarabunPSK", font.encode()))
    return changed.getvalue()


@pytest.fixture(name="long", params=sorted(SHEETS))
def _long(request, followed_digest):
    return fullest(followed_digest, request.param)


def test_the_fullest_sheet_is_one_page_in_a_wide_font_too(long, tmp_path):
    if WIDE not in subprocess.run(["fc-list"], check=True, capture_output=True).stdout.decode():
        pytest.skip("Garuda is missing: apt-get install fonts-thai-tlwg")
    made = {f"{name}.docx": in_font(documents()["docx"][1](one), WIDE) for name, one in (("full", long), ("roomy", with_room(long)))}
    for pdf in opened(made, tmp_path):
        text = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
        assert text.count("\f") == 1


def test_every_document_opens_and_has_its_words_on_its_pages(files, tmp_path):
    opened(files, tmp_path)
    expected = {"report": "สารบัญ", "sheet": "ฉบับผู้บริหาร", "nothing": "ไม่พบข่าว", "register": "ระยะงาน"}
    for name, words in expected.items():
        pdf = tmp_path / f"{name}.pdf"
        text = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
        assert words in text
        assert not [page for page in text.split("\f")[:-1] if len(page.split()) < 2]  # with no more on it than its number
        subprocess.run(["pdftoppm", "-r", "30", "-gray", str(pdf), str(tmp_path / name)], check=True)
        pages = sorted(tmp_path.glob(f"{name}-*.pgm"))
        assert pages
        assert not [page.name for page in pages if len(set(page.read_bytes()[20:])) < 3]  # a blank page has one shade
