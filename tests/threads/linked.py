"""Two passages that a linker finds alike, and the linker: shared words decide."""

from datetime import date

from pipeline.followed import Thread
from pipeline.records import ActionFields, Actor, Passage, Span, When
from pipeline.threads import Linker, follow
from pipeline.threads.evidence import FEATURES
from pipeline.threads.forest import Tree
from pipeline.threads.said import Told

# shared words decide: what shares half of its words is a link, what shares a little is doubtful
_STEPS = 20
LINKER = Linker(
    tuple(
        Tree((FEATURES.index(name), 0, 0), (step / _STEPS, 0.0, 0.0), (1, 1, 2), (2, 1, 2), (0.0, 0.0, 0.5))
        for name in ("shared words", "held by the shorter")
        for step in range(_STEPS)
    ),
    -5.0,
    0.8,
    0.8,
    0.3,
)
DAY = date(2009, 3, 6)


def when(day=DAY, **more):
    return When("", day, day, **more)


def said(quote, post=0, *, label="action", state="planned", days=(), voice="author", strength="assigned", today="", **more):
    whens = tuple(When(today, day, day) for day in days)
    action = ActionFields((Actor("ครูแดง"),), quote, whens, None, state, strength) if label == "action" else None
    start = more.pop("start", 0)
    passage = Passage(f"post-{post}", f"{post}.txt", Span(start, start + len(quote)), quote, label, 0.9, voice=voice, action=action, **more)
    return Told(passage, post, date(2009, 2 + post, 1))


def threads(*told) -> list[Thread]:
    return follow(told, LINKER)


OPENED = "ครูแดงจะซ่อมกังหันท้ายบ่อปลาให้กลุ่มเลี้ยงปลานิล"
NEWS = "กังหันท้ายบ่อปลาของกลุ่มเลี้ยงปลานิลครูแดงซ่อมเสร็จ"
