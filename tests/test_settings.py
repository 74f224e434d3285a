"""What a team may write in lessons.toml, and the sentence it reads when something is wrong."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.records import Phase
from pipeline.settings import Documents, EnvironmentPaths, Privacy, Project, Reader, environment_paths, language, read_settings

ROOT = Path(__file__).parents[1]
PHASE = '[[phase]]\nid = "{}"\nname = "ระยะงาน"\n'
TWO = PHASE.format("one") + "{}\n" + PHASE.format("two") + "{}\n"

WHOLE = """
[project]
id = "river"
name = "คนรักแม่น้ำ"
timezone = "Asia/Vientiane"

[[phase]]
id = "dry"
name = "หน้าแล้ง"
first_day = 2011-01-01
last_day = "2011-06-30"
cues = ["หน้าแล้ง", "ระดับ 1"]

[[phase]]
id = "rain"
name = "หน้าฝน"
first_day = 2011-07-01

[[reader]]
email = "kru.somsri@river.example.org"
roles = ["คุณอำนวย"]
cut = "facilitator"
agency = "โรงเรียนบ้านท่า"
area = "ลุ่มน้ำตอนบน"
lang = "en"
outside = true

[privacy]
private_names = "show"

[documents]
thai_digits = false
"""


@pytest.fixture
def read(tmp_path):
    def read_written(content):
        file = tmp_path / "lessons.toml"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_settings(file)

    return read_written


@pytest.fixture
def refused(read, tmp_path):
    def sentences(content):
        with pytest.raises(SettingsError) as caught:
            read(content)
        error = caught.value
        assert error.exit_status == 2
        assert "\n" not in error.en + error.th
        assert any("ก" <= sign <= "ฮ" for sign in error.th)
        folder = f"{tmp_path}/"
        assert error.en.startswith(folder)
        assert error.th.startswith(folder)
        return error.en.removeprefix(folder), error.th.removeprefix(folder)

    return sentences


def test_the_whole_file(read):
    settings = read(WHOLE)
    assert settings.project == Project("river", "คนรักแม่น้ำ", "Asia/Vientiane")
    assert settings.phases == (
        Phase("dry", "หน้าแล้ง", date(2011, 1, 1), date(2011, 6, 30), ("หน้าแล้ง", "ระดับ 1")),
        Phase("rain", "หน้าฝน", date(2011, 7, 1)),
    )
    [reader] = settings.readers
    assert reader == Reader("kru.somsri@river.example.org", ("คุณอำนวย",), "facilitator", "โรงเรียนบ้านท่า", "ลุ่มน้ำตอนบน", "en", outside=True)
    assert settings.privacy == Privacy("show")
    assert settings.documents == Documents(thai_digits=False)


@pytest.mark.parametrize("content", ["", "# ยังไม่มีอะไร\n", "[privacy]\n", "phase = []\n"])
def test_an_empty_file_is_as_good_as_none(read, content):
    settings = read(content)
    assert settings == read_settings(None)
    assert settings.project == Project("posts", "บันทึกที่รวบรวมไว้", "Asia/Bangkok")
    assert settings.phases == (Phase("all", "ทั้งหมด"),)
    assert settings.readers == ()
    assert settings.privacy == Privacy("mask")
    assert settings.documents == Documents(thai_digits=True)


def test_a_reader_needs_an_address_only(read):
    [reader] = read('[[reader]]\nemail = "somchai@example.org"\n').readers
    assert reader == Reader("somchai@example.org", (), None, None, None, "th", outside=False)


def test_settings_cannot_be_changed(read):
    with pytest.raises(dataclasses.FrozenInstanceError):
        read(WHOLE).project.name = "อื่น"


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf" + WHOLE.encode(), WHOLE.replace("\n", "\r\n")])
def test_a_file_written_on_windows(read, content):
    assert read(content) == read(WHOLE)


@pytest.mark.parametrize("file", [ROOT / "lessons.toml", *sorted((ROOT / "examples").glob("*.toml"))], ids=lambda file: file.name)
def test_the_examples_are_valid(file):
    settings = read_settings(file)
    assert settings.project.id != "posts"
    assert len(settings.phases) > 1
    assert all(phase.cues and phase.first_day for phase in settings.phases)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("หน้าฝน", "ฤดูฝน", True),  # a name decides nothing
        ("คนรักแม่น้ำ", "คนเฝ้าแม่น้ำ", True),
        ("2011-01-01", "2011-01-02", False),
        ('"2011-06-30"', '"2011-06-29"', False),
        ('"ระดับ 1"', '"ระดับ 2"', False),
        ('id = "rain"', 'id = "wet"', False),
        ("first_day = 2011-07-01", "last_day = 2012-07-01\nfirst_day = 2011-07-01", False),
    ],
)
def test_the_key_of_the_phases_changes_with_what_decides_them(read, old, new, same):
    assert WHOLE.count(old) >= 1
    assert (read(WHOLE.replace(old, new)).phases_key == read(WHOLE).phases_key) is same


@pytest.mark.parametrize("phase_id", ["all", "1", "a-b-", "a" * 41])
def test_ids_that_are_allowed(read, phase_id):
    assert read(PHASE.format(phase_id)).phases[0].id == phase_id


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("last_day = 2011-03-01", "first_day = 2011-03-02"),
        ("last_day = 2011-03-01", "first_day = 2011-03-01"),  # they may touch
        ("last_day = 2011-03-01", "first_day = 2012-03-01"),
        ("first_day = 2011-03-01\nlast_day = 2011-03-01", ""),  # without days: cues alone
        ("", ""),
    ],
)
def test_phases_that_stand_in_time_order(read, first, second):
    assert [phase.id for phase in read(TWO.format(first, second)).phases] == ["one", "two"]


@pytest.mark.parametrize(
    ("content", "place", "sentence"),
    [
        ('[[phase]]\nfist_day = 2011-01-01\nid = "a"', "", 'unknown key "fist_day" in [[phase]] 1. Did you mean "first_day"?'),
        ('[project]\nNmae = "x"', "", 'unknown key "Nmae" in [project]. Did you mean "name"?'),
        ('[projet]\nid = "x"', "", 'unknown key "projet" in the file. Did you mean "project"?'),
        ("[project]\nzzz = 1", "", 'unknown key "zzz" in [project]. The keys there are: id, name, timezone, reading.'),
        ('[[reader]]\nemail = "a@b.org"\n[[reader]]\nmail = "c@d.org"', "", 'unknown key "mail" in [[reader]] 2. Did you mean "email"?'),
        ('[[phase]]\nid = "a"', '[[phase]] 1, "name"', "must be there. Got nothing"),
        ("[[reader]]", '[[reader]] 1, "email"', "must be there."),
        ('[phase]\nid = "a"\nname = "ก"', '"phase"', "must be written [[phase]], because there can be several. Got a table instead."),
        ("reader = 5", '"reader"', "must be written [[reader]], because there can be several. Got 5 instead."),
        ("phase = [1]", "[[phase]] 1", "must be a table with keys of its own. Got 1 instead."),
        ("project = 5", "[project]", "must be a table"),
        ("[project]\nname = 7", '[project], "name"', "must be text in quotes"),
        (f"[project]\nname = 0x{'f' * 5000}", '[project], "name"', "Got a very large number instead."),
        ('[project]\nname = " "', '[project], "name"', "must be a text that is not empty."),
        ('[project]\ntimezone = "Bangkok"', '[project], "timezone"', 'Got "Bangkok" instead. Did you mean "Asia/Bangkok"?'),
        ('[project]\ntimezone = "../etc/passwd"', '[project], "timezone"', "must be a time zone"),
        ('[project]\ntimezone = "Asia"', '[project], "timezone"', "must be a time zone"),
        ('[project]\nreading = "slow"', '[project], "reading"', 'Got "slow" instead.'),
        ('[project]\ntimezone = ""', '[project], "timezone"', "Got an empty text instead."),
        ('[project]\nid = "My Project"', '[project], "id"', 'Got "My Project" instead.'),
        (PHASE.format("Project-1"), '[[phase]] 1, "id"', "must be 1 to 41 of the signs a-z, 0-9 and -"),
        (PHASE.format("a" * 42), '[[phase]] 1, "id"', "must be 1 to 41"),
        (PHASE.format("-a"), '[[phase]] 1, "id"', "must be 1 to 41"),
        (PHASE.format("../up"), '[[phase]] 1, "id"', "must be 1 to 41"),
        (PHASE.format("ระยะ"), '[[phase]] 1, "id"', "must be 1 to 41"),
        (PHASE.format("posts"), '[[phase]] 1, "id"', "must be a name that the output does not use itself."),
        (PHASE.format("unassigned"), '[[phase]] 1, "id"', "must be a name that the output does not use itself."),
        (PHASE.format("com1"), '[[phase]] 1, "id"', "must be a name that Windows allows"),
        (PHASE.format("a") * 2, '[[phase]] 2, "id"', 'must be in one [[phase]] only. Got "a" in [[phase]] 1 too.'),
        (PHASE.format("a") + 'cues = "ก"', '[[phase]] 1, "cues"', "must be a list"),
        (PHASE.format("a") + 'cues = ["ก", ""]', '[[phase]] 1, "cues", item 2', "must be a text that is not empty."),
        (PHASE.format("a") + "cues = [1]", '[[phase]] 1, "cues", item 1', "must be text in quotes"),
        (TWO.format('cues = ["ปีที่ 1"]', 'cues = ["ใหม่", "ปีที่1"]'), '[[phase]] 2, "cues", item 2', "must belong to one phase only."),
        (PHASE.format("a") + 'first_day = "1/2/2011"', '[[phase]] 1, "first_day"', 'Got "1/2/2011" instead.'),
        (PHASE.format("a") + "first_day = 2011", '[[phase]] 1, "first_day"', "must be a day written year-month-day"),
        (PHASE.format("a") + "first_day = 2011-02-01T08:00:00", '[[phase]] 1, "first_day"', "must be a day written year-month-day"),
        (PHASE.format("a") + 'first_day = "2011-02-30"', '[[phase]] 1, "first_day"', "the calendar has no such day"),
        (PHASE.format("a") + "last_day = 2549-01-31", '[[phase]] 1, "last_day"', "has the Buddhist year 2549. Write 2006-01-31."),
        (PHASE.format("a") + 'last_day = "2551-02-29"', '[[phase]] 1, "last_day"', "has the Buddhist year 2551. Write 2008-02-29."),
        (
            PHASE.format("a") + "first_day = 2011-02-01\nlast_day = 2011-01-31",
            '[[phase]] 1, "last_day"',
            'must be on or after "first_day", 2011-02-01. Got 2011-01-31 instead.',
        ),
        (
            TWO.format("first_day = 2011-03-01", "first_day = 2011-01-01\nlast_day = 2011-02-01"),
            '[[phase]] 2, "first_day"',
            '"two" must begin after [[phase]] 1 "one"',
        ),
        (
            TWO.format("last_day = 2011-03-02", "first_day = 2011-03-01"),
            '[[phase]] 2, "first_day"',
            '"two" must not share days with [[phase]] 1 "one". Got 2011-03-01 here and 2011-03-02 as the last day there.',
        ),
        (TWO.format("first_day = 2011-03-01", "first_day = 2011-05-01"), '[[phase]] 2, "first_day"', "an open end as the last day"),
        (TWO.format("last_day = 2011-03-01", "last_day = 2011-05-01"), '[[phase]] 2, "first_day"', "Got an open beginning here"),
        ('[[reader]]\nemail = "somchai"', '[[reader]] 1, "email"', "must be one e-mail address"),
        ('[[reader]]\nemail = "a@b.org, c@d.org"', '[[reader]] 1, "email"', "must be one e-mail address"),
        ('[[reader]]\nemail = "a@b.org\\nBcc: c@d.org"', '[[reader]] 1, "email"', "must be one e-mail address"),
        ('[[reader]]\nemail = "a@b.org"\n[[reader]]\nemail = "A@b.org"', '[[reader]] 2, "email"', "must be in one [[reader]] only."),
        ('[[reader]]\nemail = "a@b.org"\noutside = "yes"', '[[reader]] 1, "outside"', "must be true or false"),
        ('[[reader]]\nemail = "a@b.org"\nlang = "lo"', '[[reader]] 1, "lang"', 'must be "th" or "en". Got "lo" instead.'),
        ('[privacy]\nprivate_names = "hide"', '[privacy], "private_names"', 'must be "mask" or "show". Got "hide" instead.'),
    ],
)
def test_a_wrong_value_is_named_with_its_place_and_its_rule(refused, content, place, sentence):
    en, _ = refused(content)
    start = f"lessons.toml, {place}: " if place else "lessons.toml: "
    assert en.startswith(start)
    assert sentence in en


def test_the_sentence_in_thai(refused):
    _, th = refused(TWO.format("", "last_day = 2549-01-31"))
    assert th == 'lessons.toml [[phase]] ลำดับที่ 2 หัวข้อ "last_day": ต้องเป็นวันที่แบบ ค.ศ. แต่พบ 2549-01-31 ซึ่งเป็นปี พ.ศ. 2549 โปรดเขียนเป็น 2006-01-31'
    _, th = refused(PHASE.format("a") + "fist_day = 1")
    assert th == 'lessons.toml: ไม่รู้จักหัวข้อ "fist_day" ใน [[phase]] ลำดับที่ 1 หมายถึง "first_day" ใช่หรือไม่ โปรดแก้หรือลบออก'


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("[project]\nname = เมือง\n", ", line 2: must be TOML"),
        ('[project\nid = "x"\n', ", line 1: must be TOML"),
        ('\n\nname = "ไม่จบ', ", line 3: must be TOML"),
        ("x = " + "9" * 5000, ", line 1: must be TOML"),
        ("x = " + "[" * 20_000, ": must be TOML"),
        ('[project]\nname = "เมือง"'.encode("cp874"), ", line 2: the configuration must be written in UTF-8"),
        (WHOLE.encode("utf-16"), ", line 1: the configuration must be written in UTF-8"),
        (b"#" * 1_000_001, ": a configuration must be at most 1,000,000 bytes"),
    ],
)
def test_a_file_that_is_no_configuration_at_all(refused, content, place):
    en, _ = refused(content)
    assert en.startswith(f"lessons.toml{place}")


@pytest.mark.parametrize(
    ("line", "en", "th"),
    [
        ("name = “เมือง”", 'Got the curved quotation mark “. Write straight ones: "…";', 'แต่พบเครื่องหมายคำพูดแบบโค้ง “ โปรดพิมพ์แบบตรงแทน คือ "…" โดย'),
        ("name = เมือง", 'Got เ outside quotation marks. Write texts in them: "…";', 'แต่พบอักขระ เ อยู่นอกเครื่องหมายคำพูด โปรดพิมพ์ข้อความไว้ใน "…" โดย'),
        ("last_day = ๒๐๐๙-๐๑-๐๑", "Got the digit ๒. Write Arabic digits: 2;", "แต่พบตัวเลข ๒ โปรดพิมพ์เลขอารบิกแทน คือ 2 โดย"),
        ("name\u00a0= 'เมือง'", "Got a sign that cannot be seen (U+00A0).", "แต่พบอักขระที่มองไม่เห็น (U+00A0) โปรดลบออก"),
        ('\u200bname = "เมือง"', "Got a sign that cannot be seen (U+200B).", "แต่พบอักขระที่มองไม่เห็น (U+200B) โปรดลบออก"),
        ('name = "เมือง”', "Got the curved quotation mark ”.", "แต่พบเครื่องหมายคำพูดแบบโค้ง ” โปรด"),
        ("last_day = 2009–01–01", "Got the sign –. Write -;", "แต่พบเครื่องหมาย – โปรดพิมพ์ - แทน โดย"),
        ("name ＝ 'เมือง'", "Got the sign ＝. Write =;", "แต่พบเครื่องหมาย ＝ โปรดพิมพ์ = แทน โดย"),
        (r'name = "ปิ่น\"โต" x', "Got this instead: Expected newline", "แต่อ่านไม่ได้ โปรดแก้บรรทัดนี้ โดย"),
        ('name "“เมือง”"  # “', "Got this instead: Expected '='", "แต่อ่านไม่ได้ โปรดแก้บรรทัดนี้ โดย"),
    ],
)
def test_a_sign_that_only_looks_right_is_named(refused, line, en, th):
    said_en, said_th = refused(f"[project]\n{line}\n")
    assert said_en.startswith(f'lessons.toml, line 2: must be TOML, such as name = "…". {en}')
    assert f'lessons.toml บรรทัดที่ 2: ต้องเขียนตามรูปแบบ TOML เช่น name = "…" {th}' in said_th


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_a_file_that_is_not_there_or_is_a_folder(tmp_path, name):
    with pytest.raises(SettingsError, match="must be a file that can be read"):
        read_settings(tmp_path / name)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "th_TH.UTF-8"}, "th"),
        ({"LANG": "TH"}, "th"),
        ({"LANG": "the"}, "en"),
        ({"LC_MESSAGES": "th_TH", "LANG": "en_US.UTF-8"}, "th"),
        ({"LC_ALL": "C", "LANG": "th_TH.UTF-8"}, "en"),  # LC_ALL stands above LANG
        ({"LC_ALL": "", "LANG": "th_TH.UTF-8"}, "th"),
        ({"LESSONS_LANG": "th", "LC_ALL": "en_US.UTF-8"}, "th"),
        ({"LESSONS_LANG": "EN", "LC_ALL": "th_TH.UTF-8"}, "en"),
        ({"LESSONS_LANG": "lo", "LANG": "th_TH.UTF-8"}, "th"),
    ],
)
def test_the_language_of_messages(environment, expected):
    assert language(environment) == expected


def test_paths_of_the_environment():
    environment = {"LESSONS_OUT": "ผลลัพธ์", "LESSONS_DATABASE": "sqlite:///a.db", "LESSONS_CONFIG": "", "LESSONS_MODELS": "m", "LESSONS_LANG": "th"}
    assert environment_paths(environment) == EnvironmentPaths(Path("ผลลัพธ์"), "sqlite:///a.db", None, Path("m"))
    assert environment_paths({"LESSON": "1", "PATH": "/bin"}) == EnvironmentPaths()


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"LESSONS_DATABSE": "x"}, "LESSONS_DATABSE: unknown variable of the environment. Did you mean LESSONS_DATABASE?"),
        ({"LESSONS_LANG": "lo"}, 'LESSONS_LANG: must be th or en. Got "lo" instead.'),
    ],
)
def test_a_variable_that_means_nothing(environment, sentence):
    with pytest.raises(SettingsError) as caught:
        environment_paths(environment)
    assert caught.value.en.startswith(sentence)
    assert caught.value.th.startswith(next(iter(environment)))


def test_the_table_of_the_mail_says_who_sends_and_how(read, tmp_path):
    (tmp_path / "password").write_text("s3cret\n", encoding="utf-8")
    mail = read(
        '[mail]\nsender = "km@example.org"\nhost = "smtp.example.org"\nsecurity = "tls"\nuser = "km"\npassword_file = "password"\n'
        'base_url = "https://km.example.org/mail/"\n'
    ).mail
    server = mail.server({})
    assert (server.host, server.port, server.security, server.password) == ("smtp.example.org", 465, "tls", "s3cret")
    assert mail.server({"LESSONS_MAIL_PASSWORD": "other"}).password == "other"
    assert mail.base_url == "https://km.example.org/mail"
    assert "s3cret" not in repr(server)


def test_without_a_table_messages_are_files(read):
    assert read("").mail.server({}) is None


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('password = "s3cret"', "kept out of this file"),
        ('host = "smtp.example.org"', 'there where "host" is'),
        ('base_url = "http://km.example.org"', "https://"),
        ('base_url = "https://km.example.org/?a=1"', "https://"),
        ("port = 0", "from 1 to 65535"),
        ('port = "587"', "a whole number"),
        ('security = "none"', '"starttls" or "tls"'),
    ],
)
def test_a_mail_server_that_cannot_be_meant_is_refused(read, written, says):
    with pytest.raises(SettingsError) as told:
        read(f"[mail]\n{written}\n")
    assert says in told.value.en
    assert "s3cret" not in told.value.en + told.value.th


def test_a_user_without_a_password_is_told(read):
    mail = read('[mail]\nsender = "km@example.org"\nhost = "smtp.example.org"\nuser = "km"\n').mail
    with pytest.raises(SettingsError, match="LESSONS_MAIL_PASSWORD"):
        mail.server({})
