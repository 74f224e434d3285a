"""The desk in a browser: one key a decision, the next item at once, edges by word, nothing lost and nothing twice."""

import re
from pathlib import Path

import pytest

from pipeline.links import LIFETIME, kept_as, new_number, sign
from pipeline.review.keycaps import USUAL
from tests.review.conftest import TEXT

ITEM = "#desk > article"


def wait_asked(page, passage):
    page.wait_for_function("id => document.querySelector('#desk > article').dataset.item === id", arg=passage.id)


def asked(page):
    return page.get_attribute(ITEM, "data-item")


def marked(page):
    return page.inner_text(f"{ITEM} mark").replace("\n", "")


def wait_saved(page, count):
    page.wait_for_function("n => document.querySelector('#today b').textContent.trim().endsWith(' ' + n)", arg=str(count))


def left(page):
    return int(re.sub(r"\D", "", page.inner_text("#left")))


def kept(store, passage):
    return [(one.field, one.after) for one in store.corrections.of_item(passage.id)]


def quotes(store):
    return {passage.quote: passage.label for passage in store.passages()}


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.parametrize(("key", "label"), [("1", "lesson"), ("2", "issue"), ("4", "other"), ("Space", "lesson"), ("Numpad2", "issue")])
def test_one_key_decides_and_the_next_item_is_there(entered, store, passages, key, label):
    page = entered()
    press(page, key)
    wait_asked(page, passages[1])
    wait_saved(page, 1)
    assert kept(store, passages[0]) == [("label", label)]


def test_keys_go_by_their_place_so_that_a_thai_layout_works(entered, store, passages):
    page = entered()
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {code: 'Digit2', key: '/', bubbles: true}))")
    page.wait_for_function("id => document.querySelector('#desk > article').dataset.item !== id", arg=passages[0].id)
    wait_saved(page, 1)
    assert kept(store, passages[0]) == [("label", "issue")]


def test_an_action_opens_its_fields_and_takes_at_most_four_keys(entered, store, passages):
    page = entered(address="/?label=action")
    press(page, "3", "1", "Enter")
    wait_saved(page, 1)
    assert dict(kept(store, passages[2]))["state"] == "planned"


def test_days_show_both_calendars_and_words_are_kept_with_them(entered, store, passages):
    page = entered(address="/?label=action")
    press(page, "3")
    page.get_by_label("6 มี.ค. = 6 มี.ค. 2552 (2009-03-06)").check()
    page.fill("[name=where_more]", "ศาลาวัด")
    page.fill("[name=when_more]", "16 มี.ค. 2552")
    page.wait_for_function("() => document.querySelector('.told').textContent.includes('2009-03-16')")
    press(page, "Enter")
    wait_saved(page, 1)
    fields = dict(kept(store, passages[2]))
    assert fields["where"] == "ศาลาวัด"
    assert [when["first_day"] for when in fields["when"]] == ["2009-03-06", "2009-03-16"]


def test_writing_a_note_presses_no_key(entered, store, passages):
    page = entered()
    press(page, "n")
    page.keyboard.type("1234 usn ครับ")
    assert asked(page) == passages[0].id
    press(page, "Escape", "Space")
    wait_saved(page, 1)
    assert store.corrections.of_item(passages[0].id)[0].note == "1234 usn ครับ"


def test_keys_can_be_switched_off_and_changed(entered, passages):
    page = entered(address="/keys")
    page.select_option("[name=skip]", "KeyK")
    page.click(".primary")
    page.goto("/")
    press(page, "s")
    assert asked(page) == passages[0].id
    press(page, "k")
    wait_asked(page, passages[1])
    page.goto("/keys")
    page.uncheck("[name=keys_on]")
    page.click(".primary")
    page.goto("/")
    before = asked(page)
    press(page, "1", "Space", "u")
    assert asked(page) == before
    page.click('#bar [data-do="lesson"]')
    page.wait_for_function("id => document.querySelector('#desk > article').dataset.item !== id", arg=before)


def test_undo_goes_back_without_end(entered, store, passages):
    page = entered()
    press(page, "1")
    wait_asked(page, passages[1])
    press(page, "2")
    wait_saved(page, 2)
    press(page, "u")
    wait_asked(page, passages[1])
    press(page, "Control+z")
    wait_asked(page, passages[0])
    press(page, "4")
    wait_saved(page, 1)
    press(page, "2")
    wait_saved(page, 2)
    assert passages[0].quote not in quotes(store)
    assert [one.after for one in store.corrections.of_item(passages[1].id) if one.field == "label"] == ["issue", "issue"]


def test_the_guideline_opens_by_key_on_hover_and_on_focus(entered, passages):
    page = entered()
    page.focus('#bar [data-do="lesson"]')
    assert page.is_visible("#tip-lesson")
    page.hover('#bar [data-do="issue"]')
    page.wait_for_selector("#tip-issue", state="visible")
    page.click('#bar [data-do="issue"]')
    wait_asked(page, passages[1])
    assert not page.is_visible("#tip-issue"), "under a pointer that rests it covers nothing of the next passage"
    press(page, "g")
    page.wait_for_selector("#guideline-text h3")
    assert "ย้ายวันนัด" in page.inner_text("#guideline")
    press(page, "g")
    assert not page.is_visible("#guideline")
    assert asked(page) == passages[1].id


def test_why_tells_the_reason_the_labels_and_the_cues(entered):
    page = entered()
    press(page, "w")
    page.wait_for_selector(".whys dd")
    told = page.inner_text(".whys")
    assert "ป้ายสองอันดับแรก" in told
    assert re.search(r"บทเรียน ร้อยละ 60 · อื่น ๆ ร้อยละ 30", told)


# Edges


def test_edges_move_by_word_in_at_most_four_keys(entered, store, passages):
    page = entered()
    press(page, "BracketRight", "Shift+BracketLeft", "Space")
    wait_saved(page, 1)
    [quote] = [quote for quote, label in quotes(store).items() if label == "lesson"]
    assert passages[0].quote.startswith("ต้อง")
    assert quote == passages[0].quote.removeprefix("ต้อง").removesuffix("วางแผน")


def test_no_edge_falls_inside_a_sign_however_often_it_is_moved(entered, passages):
    from pipeline.languages.th.clusters import is_inside

    page = entered()
    for key in ("BracketLeft", "BracketRight", "Shift+BracketLeft", "Shift+BracketRight"):
        for _ in range(30):
            press(page, key)
            span, words = page.evaluate("[review.edges.span(), document.querySelector('#desk mark').innerText]")
            assert not any(is_inside(TEXT, edge) for edge in span.values())
            assert span["start"] < span["end"]
            assert TEXT[span["start"] : span["end"]] == TEXT[span["start"] : span["end"]].strip() == words.replace("\n", "")
        page.evaluate("review.edges.reset()")


def test_edges_move_by_touch(entered, store):
    page = entered(viewport={"width": 390, "height": 844}, has_touch=True)
    page.tap('[data-do="edge_start_on"]')
    assert marked(page).startswith("ถาม")
    mark, buttons, bar = (page.locator(part).bounding_box() for part in (f"{ITEM} mark", ".edges", "#bar"))
    assert 0 <= mark["y"] < mark["y"] + mark["height"] <= buttons["y"] < bar["y"], "what moves is seen above its buttons"
    page.tap('[data-do="reset"]')
    assert marked(page).startswith("ต้องถาม")


def test_a_passage_is_split_by_key_with_a_label_for_each_part(entered, store):
    page = entered()
    press(page, "x")
    press(page, *["ArrowLeft"] * 9, *["ArrowRight"] * 4)
    assert page.inner_text(".cut") == "แล้ว"
    press(page, "1", "3")
    wait_saved(page, 1)
    assert {"ต้องถามคนในบ้านก่อน": "lesson", "แล้วค่อยวางแผน": "action"}.items() <= quotes(store).items()


def test_a_passage_is_split_by_touch(entered, store):
    page = entered(viewport={"width": 390, "height": 844}, has_touch=True)
    page.tap('[data-do="split"]')
    mode, mark = page.locator(".mode").bounding_box(), page.locator(f"{ITEM} mark").bounding_box()
    assert mode["y"] + mode["height"] <= mark["y"], "the hint covers nothing of what is split"
    page.tap('mark span:text-is("แล้ว")')
    page.tap('.mode [data-do="confirm"]')
    wait_saved(page, 1)
    assert {"ต้องถามคนในบ้านก่อน": "lesson", "แล้วค่อยวางแผน": "lesson"}.items() <= quotes(store).items()


def test_two_passages_are_merged(entered, store, passages):
    page = entered()
    press(page, "m")
    wait_saved(page, 1)
    assert TEXT[passages[0].span.start : passages[1].span.end] in quotes(store)


def test_where_nothing_waits_no_number_is_told_as_left(entered):
    page = entered()
    assert page.locator("#left").is_visible()
    while not page.query_selector("#desk > .empty"):
        item = page.get_attribute("#desk > .item", "data-item")
        press(page, "s")
        page.wait_for_function("(before) => document.querySelector('#desk > *').dataset.item !== before", arg=item)
    assert not page.locator("#left").is_visible()


def test_what_is_left_counts_down_with_each_answer_and_up_when_one_is_taken_back(entered, passages):
    page = entered()
    first = left(page)
    for number, key in enumerate("12", start=1):
        press(page, key)
        wait_asked(page, passages[number])
        assert left(page) == first - number
    press(page, "s")
    wait_asked(page, passages[3])
    assert left(page) == first - 2, "what is skipped waits on"
    wait_saved(page, 2)
    press(page, "u")
    wait_asked(page, passages[1])
    assert left(page) == first - 1
    wait_saved(page, 1)
    page.reload()
    assert left(page) == first - 1, "as the server counts"
    press(page, "u")
    wait_asked(page, passages[0])
    assert left(page) == first


def test_a_facilitator_walks_from_the_mail_to_what_it_changed_on_a_phone(chromium, served, store, passages):
    number = new_number()
    served.site.reviewers.add_link(kept_as(number), "somsri", served.site.now(), served.site.now() + LIFETIME)
    context = chromium.new_context(base_url=served.site.base_url, viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.goto(f"/link/{sign(served.site.keys, number)}")
    page.tap("button.primary")
    page.wait_for_url("**/")
    page.tap('#bar [data-do="lesson"]')
    wait_asked(page, passages[1])
    page.tap('#bar [data-do="accept"]')
    wait_asked(page, passages[2])
    page.tap('#bar [data-do="action"]')
    confirm, mark = page.locator("form.fields .primary").bounding_box(), page.locator(f"{ITEM} mark").bounding_box()
    assert 0 <= mark["y"] < confirm["y"] <= 740 - confirm["height"], "what is filled in and the button that ends it are seen together"
    page.tap('form.fields label:has([value="postponed"])')
    page.tap("form.fields .primary")
    wait_saved(page, 3)
    page.tap('.rest [data-do="undo"]')
    wait_asked(page, passages[2])
    wait_saved(page, 2)
    page.goto("/progress")
    assert "2 ข้อ" in page.inner_text(".figures")
    context.close()


def test_a_missed_passage_is_added_by_touch(entered, store, passages):
    page = entered(viewport={"width": 390, "height": 844}, has_touch=True)
    page.tap('[data-do="add"]')
    page.tap('.far span:text-is("ฝน")')
    page.tap('.far span:text-is("น้อย")')
    page.tap('#bar [data-do="issue"]')
    page.wait_for_function("() => document.querySelector('#said').textContent.includes('เพิ่มข้อความแล้ว')")
    page.wait_for_function("() => review.waiting().length === 0")
    assert quotes(store)["ฝนตกหนัก คนมาน้อย"] == "issue"
    assert asked(page) == passages[0].id


def test_a_missed_passage_is_added_by_key(entered, store, passages):
    page = entered()

    def chosen():
        return "".join(page.locator(".chosen").all_text_contents())

    press(page, "a")
    one = chosen()
    press(page, "Shift+ArrowRight", "Shift+ArrowRight")
    three = chosen()
    press(page, "ArrowRight")
    assert (len(one) < len(three), three) == (True, one + chosen())
    added = chosen()
    press(page, "2")
    page.wait_for_function("() => review.waiting().length === 0 && document.querySelector('#said').textContent.includes('เพิ่มข้อความแล้ว')")
    assert quotes(store)[added] == "issue"
    assert asked(page) == passages[0].id
    assert added not in {passage.quote for passage in passages}


def test_every_key_of_the_page_is_pressed_by_a_test():
    pressed = set(re.findall(r'"([^"\n]+)"', Path(__file__).read_text(encoding="utf-8")))
    assert [code for code in USUAL.values() if not pressed & {code, code.removeprefix("Digit").removeprefix("Key").lower()}] == []


# Breaks, two windows


def test_decisions_made_without_a_network_are_kept_and_sent_once(entered, served, store, passages):
    page = entered()
    page.wait_for_timeout(300)  # the next items are being fetched
    page.context.set_offline(True)
    press(page, "1")
    page.wait_for_function("() => document.querySelector('#said').textContent.includes('ต่อเครือข่ายไม่ได้')")
    press(page, "2")
    assert kept(store, passages[0]) == kept(store, passages[1]) == []
    page.context.set_offline(False)
    page.wait_for_function("() => review.waiting().length === 0")
    assert kept(store, passages[0]) == [("label", "lesson")]
    assert kept(store, passages[1]) == [("label", "issue")]


def test_what_was_pressed_before_a_crash_of_the_server_arrives_after_it(entered, served, store, passages):
    page = entered()
    page.wait_for_timeout(300)
    served.stop()
    press(page, "1")
    page.wait_for_function("() => review.waiting().length === 1")
    page.wait_for_function("() => document.querySelector('#said').textContent.includes('ต่อเครือข่ายไม่ได้')")
    served.start()
    page.goto("/")  # also a page that was loaded anew sends what its predecessor kept
    page.wait_for_function("() => review.waiting().length === 0")
    assert kept(store, passages[0]) == [("label", "lesson")]


def test_nothing_of_a_post_is_kept_on_the_device(entered, served):
    page = entered()
    page.context.set_offline(True)
    press(page, "1")
    page.wait_for_function("() => review.waiting().length === 1")
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert not re.search("[ก-๙]", stored)


def test_in_two_windows_the_second_answer_is_told_and_not_kept(entered, store, passages):
    first = entered()
    second = first.context.new_page()
    second.goto("/")
    assert asked(first) == asked(second) == passages[0].id
    press(first, "1")
    wait_saved(first, 1)
    press(second, "2")
    second.wait_for_function("() => document.querySelector('#said').textContent.includes('อีกหน้าต่างหนึ่ง')")
    assert kept(store, passages[0]) == [("label", "lesson")]


def test_an_offline_undo_takes_back_what_was_not_sent(entered, store, passages):
    page = entered()
    page.wait_for_timeout(300)
    page.context.set_offline(True)
    press(page, "1")
    page.wait_for_function("() => review.waiting().length === 1")
    press(page, "u")
    wait_asked(page, passages[0])
    page.context.set_offline(False)
    page.wait_for_function("() => review.waiting().length === 0")
    assert kept(store, passages[0]) == []


def test_what_is_taken_back_though_its_answer_was_lost_does_not_stand(entered, store, passages):
    page = entered()
    page.wait_for_timeout(300)
    page.route("**/decide", lambda route: (route.fetch(), route.abort()))  # it arrives, but nobody hears of it
    press(page, "1")
    page.wait_for_function("() => document.querySelector('#said').textContent.includes('ต่อเครือข่ายไม่ได้')")
    press(page, "u")
    wait_asked(page, passages[0])
    page.unroute("**/decide")
    press(page, "2")
    wait_saved(page, 1)
    assert kept(store, passages[0]) == [("label", "lesson"), ("undo", None), ("label", "issue")]


def test_when_the_session_is_over_the_answers_wait_for_the_next(entered, store, passages, served):
    page = entered()
    page.wait_for_timeout(300)
    page.context.clear_cookies()
    press(page, "1")
    page.wait_for_function("() => document.querySelector('#said').textContent.includes('หมดเวลาเข้าใช้')")
    page.click("#said a")
    page.fill("[name=name]", "somsri")
    page.fill("[name=password]", "ปลูกผักหลังวัด")
    page.click(".primary")
    page.wait_for_function("() => window.review && review.waiting().length === 0")
    assert kept(store, passages[0]) == [("label", "lesson")]


def test_what_else_the_machine_read_is_changed_in_its_place_and_saved_with_the_label(entered, store, passages):
    page = entered()
    press(page, "e")
    page.select_option("#told [name=voice]", "quoted")
    page.fill("#told [name=speaker]", "ลุงชื่น")
    press(page, "Escape", "1")
    wait_asked(page, passages[1])
    wait_saved(page, 1)
    assert kept(store, passages[0]) == [("label", "lesson"), ("voice", "quoted"), ("speaker", "ลุงชื่น")]
    press(page, "1")
    wait_saved(page, 2)
    assert kept(store, passages[1]) == [("label", "lesson")]
