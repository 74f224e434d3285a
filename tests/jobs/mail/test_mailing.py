"""What each reader receives, over weeks: once, in their cut and language, only what is new, and nothing lost or doubled whatever is killed."""

import email
import email.policy
import random
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.errors import SettingsError
from pipeline.jobs.mail.desk import leaving_app, posted_mails, resolve_mail, resume_address, stop_address, stopped_addresses
from pipeline.jobs.mail.mailing import compose_mails, send_mails
from pipeline.jobs.teams.history import team_models
from pipeline.reviewers import Reviewer
from pipeline.store.store import Store
from tests.forked import Forked
from tests.jobs.teams.home import put_model
from tests.postbox import PASSWORD, USER, Postbox, PostOffice, make_certificate

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
MORE = "เล่าต่อ\n\nตกลงกันว่าครูแดงจะทำบัญชีกลุ่มออมทรัพย์ให้เสร็จภายในวันที่ 20 มิถุนายน 2552\n"
READERS = """
[[reader]]
email = "Full@example.org"
[[reader]]
email = "english@example.org"
lang = "en"
[[reader]]
email = "agency@example.org"
cut = "agency"
agency = "กรมที่ไม่มีใครพูดถึง"
"""


@pytest.fixture
def mailing(team):
    """Return a team that was read once, its readers, and the order for its mail."""
    team.write()
    team.run(team.order())

    def configure(mail="", readers=READERS):
        file = team.home / "lessons.toml"
        file.write_text(f'{readers}\n[mail]\nsender = "km@example.org"\n{mail}\n', encoding="utf-8")
        return team.order(config=file)

    return configure


@pytest.fixture
def postbox(tmp_path):
    certificate, key = make_certificate(tmp_path)
    box = Postbox()
    office = PostOffice(box, certificate, key)
    office.start()
    box.settings = f'host = "127.0.0.1"\nport = {office.bound_port}\nuser = "{USER}"\nca_file = "{certificate}"'
    yield box
    office.stop()


def send(order, now=MONDAY):
    return send_mails(order, lambda: now, {"LESSONS_MAIL_PASSWORD": PASSWORD})


def read(message):
    return email.message_from_bytes(message if isinstance(message, bytes) else message.encode("ascii"), policy=email.policy.SMTP)


def text_of(message):
    return "\n".join(read(message).get_body(("plain",)).get_content().splitlines())


def test_without_a_server_each_message_is_a_file_once(mailing):
    order = mailing()
    assert (compose_mails(order, MONDAY).new, send(order).filed) == (2, 2)
    assert (compose_mails(order, MONDAY + timedelta(days=2)).new, send(order).filed) == (0, 0)
    found = {read(file.read_bytes())["To"]: read(file.read_bytes()) for file in (order.out / "mail").glob("*.eml")}
    assert set(found) == {"full@example.org", "english@example.org"}  # the agency has nothing to read
    assert found["full@example.org"]["X-Unsent"] == "1"
    assert "เรื่อง" in found["full@example.org"]["Subject"]
    assert "ทั้งหมด" in found["full@example.org"]["Subject"]
    assert "pen" in found["english@example.org"]["Subject"]
    assert "All posts" in found["english@example.org"]["Subject"]


def test_the_same_week_gives_the_same_bytes(mailing, team):
    order = mailing()
    compose_mails(order, MONDAY)
    with Store.open(order.database) as store:
        before = [store.outbox.message(one.number) for one in store.outbox.posted()]
    again = team.order(out=team.home / "other", config=order.config)
    team.run(again)
    compose_mails(again, MONDAY)
    with Store.open(again.database) as store:
        addresses = store.outbox.posted()
        assert [store.outbox.message(one.number) for one in addresses] == before


def test_nothing_is_sent_when_nothing_changed_and_then_only_what_is_new(mailing, team):
    order = mailing()
    compose_mails(order, MONDAY)
    quiet = compose_mails(order, MONDAY + WEEK)
    assert (quiet.new, quiet.unchanged) == (0, 3)
    team.write(more_txt=MORE)
    team.run(team.order())
    assert compose_mails(order, MONDAY + 2 * WEEK).new == 2
    with Store.open(order.database) as store:
        newest = next(one for one in store.outbox.posted() if one.recipient == "full@example.org")
        said = text_of(store.outbox.message(newest.number))
    changes = said.partition("มีอะไรเปลี่ยน")[2].partition("==\n")[2].partition("\n== ")[0]
    assert "ครูแดงจะทำบัญชี" in changes
    assert "ต้องถามคนในบ้านก่อน" not in changes


def test_a_clock_that_goes_backwards_doubles_nothing(mailing):
    order = mailing()
    assert compose_mails(order, MONDAY + WEEK).new == 2
    assert compose_mails(order, MONDAY).new == 0


def test_an_outage_keeps_everything_and_the_next_run_sends_it(mailing, postbox):
    order = mailing(postbox.settings)
    compose_mails(order, MONDAY)
    postbox.sender_refused = True
    assert send(order).trouble is not None
    postbox.sender_refused = False
    assert send(order).sent == 0  # left alone for five minutes
    assert send(order, MONDAY + timedelta(minutes=6)).sent == 2
    assert sorted(to for to, _ in postbox.taken) == ["english@example.org", "full@example.org"]


def test_a_server_that_takes_one_message_at_a_time_gets_them_all(mailing, postbox):
    order = mailing(postbox.settings)
    compose_mails(order, MONDAY)
    postbox.most = 1
    done = send(order)
    assert (done.sent, done.trouble) == (2, None)


def test_a_poison_message_is_set_aside_and_the_others_go(mailing, postbox):
    order = mailing(postbox.settings)
    compose_mails(order, MONDAY)
    postbox.answers = {"english@example.org": "550 no such user"}
    done = send(order)
    assert (done.sent, done.aside) == (1, 1)
    [aside] = posted_mails(order, ["aside"])
    assert aside.said == "550 no such user"
    assert send(order, MONDAY + WEEK).aside == 0  # it is not tried again by itself


def test_a_message_that_is_refused_for_now_is_tried_later_and_later_and_then_set_aside(mailing, postbox):
    order = mailing(postbox.settings)
    compose_mails(order, MONDAY)
    postbox.answers = {"english@example.org": "451 try later"}
    assert send(order).later == 1
    assert send(order, MONDAY + timedelta(minutes=4)).later == 0
    tried = [send(order, MONDAY + timedelta(days=day)) for day in range(1, 9)]
    assert ([one.later for one in tried], [one.aside for one in tried]) == ([1] * 6 + [0, 0], [0] * 6 + [1, 0])


def test_what_nobody_knows_stays_visible_until_a_person_settles_it(mailing, postbox):
    order = mailing(postbox.settings)
    compose_mails(order, MONDAY)

    async def hang_up(smtp, _envelope):
        smtp.transport.abort()

    postbox.after_data = hang_up
    assert send(order).unknown == 2
    postbox.after_data = None
    assert send(order, MONDAY + WEEK).sent == 0
    first, second = sorted(one.number for one in posted_mails(order, ["sending"]))
    with pytest.raises(SettingsError, match="less than ten minutes"):
        resolve_mail(order, first, "again", MONDAY + timedelta(minutes=3))
    resolve_mail(order, first, "sent", MONDAY + WEEK)
    resolve_mail(order, second, "again", MONDAY + WEEK)
    assert send(order, MONDAY + WEEK).sent == 1
    ids = Counter(read(message)["Message-ID"] for _, message in postbox.taken)
    assert sorted(ids.values()) == [1, 2]  # with the same Message-ID, as the person wished


def test_a_reader_leaves_by_one_press_and_comes_back_by_hand(mailing, postbox):
    import asyncio

    import httpx

    order = mailing(postbox.settings + '\nbase_url = "https://km.example.org/mail"')
    compose_mails(order, MONDAY)
    send(order)
    message = next(read(said) for to, said in postbox.taken if to == "full@example.org")
    link = message["List-Unsubscribe"].partition("<")[2].partition(">")[0]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in text_of(message.as_bytes())

    async def press():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(leaving_app(order))) as client:
            return await client.post(link, data={"List-Unsubscribe": "One-Click"})

    assert asyncio.run(press()).status_code == 200
    assert stopped_addresses(order)["full@example.org"][0] == "unsubscribed"
    assert compose_mails(order, MONDAY + WEEK).stopped == 1
    resume_address(order, "FULL@example.org")
    assert stopped_addresses(order) == {}


def test_a_bounce_stops_what_waits(mailing):
    order = mailing()
    compose_mails(order, MONDAY)
    assert stop_address(order, "English@Example.org", "bounced", MONDAY) == 1
    assert send(order).filed == 1


def test_a_reader_outside_gets_no_telephone_number(mailing, team):
    team.write(call_txt="เล่าเรื่องโทร\n\nตกลงกันว่าให้โทรหาครูแดงที่ 081-234-5678 ภายในวันที่ 20 มิถุนายน 2552\n")
    team.run(team.order())
    inside, outside = (f'[[reader]]\nemail = "{name}@example.org"\noutside = {name == "outside"}\n'.lower() for name in ("inside", "outside"))
    order = mailing(readers=inside + outside)
    compose_mails(order, MONDAY)
    with Store.open(order.database) as store:
        said = {one.recipient: text_of(store.outbox.message(one.number)) for one in store.outbox.posted()}
    assert "081-234-5678" in said["inside@example.org"]
    assert "081-234-5678" not in said["outside@example.org"]
    assert "▮" in said["outside@example.org"]


def readers(count):
    return "".join(f'[[reader]]\nemail = "r{number}@example.org"\n' for number in range(count))


def send_aloud(say, order):
    say("ready")
    send_mails(order, lambda: datetime.now(UTC), {"LESSONS_MAIL_PASSWORD": PASSWORD})


def killed_somewhere(order, rounds, draw):
    """Start a sender and kill it at a random moment, so many times."""
    for _ in range(rounds):
        sender = Forked(send_aloud, order)
        assert sender.hear() == "ready"
        time.sleep(draw.uniform(0, 0.25))
        sender.kill()
        sender.rest()


@pytest.mark.parametrize("rounds", [6, pytest.param(60, marks=pytest.mark.slow)])
def test_senders_that_are_killed_double_nothing_and_lose_nothing(mailing, postbox, rounds):
    order = mailing(postbox.settings, readers(4 * rounds))
    assert compose_mails(order, MONDAY).new == 4 * rounds
    killed_somewhere(order, rounds, random.Random(9))  # noqa: S311 - moments, no secret
    send_mails(order, lambda: datetime.now(UTC), {"LESSONS_MAIL_PASSWORD": PASSWORD})
    took = Counter(to for to, _ in postbox.taken)
    states = {one.recipient: one.state for one in posted_mails(order)}
    assert set(took.values()) == {1}  # nothing is doubled
    assert set(states.values()) <= {"sent", "sending"}
    missing = {reader for reader in states if not took[reader]}
    assert {states[reader] for reader in missing} <= {"sending"}  # nothing is lost unseen
    assert Counter(states.values())["sending"] <= rounds
    print(rounds, "killed", Counter(states.values()), "not taken", len(missing))  # noqa: T201 - the figure of the slow round


def test_two_senders_at_once_double_nothing(mailing, postbox):
    order = mailing(postbox.settings, readers(20))
    compose_mails(order, MONDAY)
    both = [Forked(send_aloud, order) for _ in range(2)]
    assert [(sender.rest(), sender.process.exitcode, sender.complaint) for sender in both] == [(["ready"], 0, None)] * 2
    assert Counter(to for to, _ in postbox.taken) == Counter(f"r{number}@example.org" for number in range(20))
    assert {one.state for one in posted_mails(order)} == {"sent"}


def test_a_reviewer_is_told_once_what_came_of_their_work_and_again_when_it_is_used(mailing, team):
    order = mailing(readers="")
    for name, lang in (("somchai", "th"), ("ann", "en")):
        with Store.open(order.database) as store:
            store.reviewers.add(Reviewer(name, name, "reviewer", f"{name}@example.org", lang), None, 0)
    assert compose_mails(order, MONDAY).effects == 0  # nothing was learnt yet
    folder = team_models(order.database, order.out) / "team-1"
    checks = [{"name": "gain", "holds": False, "en": "+0.010, bound -0.003", "th": "+0.010 อย่างน้อย -0.003"}]
    put_model(folder, "refused", 0.61, 0.62, checks)
    assert [compose_mails(order, MONDAY + WEEK * week).effects for week in (1, 2)] == [2, 0]
    (folder.parent / "PROMOTED.json").write_text('{"current": "team-1", "previous": null}', encoding="utf-8")
    assert compose_mails(order, MONDAY + WEEK * 3).effects == 2
    send_mails(order, lambda: MONDAY + WEEK * 4, {})
    said = {read(file.read_bytes())["To"]: text_of(file.read_bytes()) for file in sorted((order.out / "mail").glob("*.eml"), reverse=True)}
    assert "คะแนนความแม่น 61.0 → 62.0" in said["somchai@example.org"]
    assert "ยังไม่ใช้แบบจำลองนี้ เพราะยังไม่แน่ว่าดีขึ้นจริงหรือเพราะบังเอิญ" in said["somchai@example.org"]
    assert "It is not used: the gain may be luck" in said["ann@example.org"]
