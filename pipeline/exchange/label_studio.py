"""Label Studio: tasks with regions of labels, fields for each region, and the labelling configuration that shows them.

Comes in: pages, or the JSON of an export. Goes out: the other. Refuses a task without text. Label Studio runs in a browser and counts UTF-16 units:
an emoji is two. Offsets are turned both ways, so that none moves.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args
from xml.sax.saxutils import quoteattr

from pipeline.exchange.pages import Mark, Page, filled, made_mark, read_rows, set_aside
from pipeline.labels import label_set
from pipeline.records import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.errors import SourceError

_WORDS = {"who": "ใคร", "when": "เมื่อไร (ค.ศ. ปี-เดือน-วัน)", "where": "ที่ไหน"}
_STATES = {"planned": "วางแผน", "ongoing": "กำลังทำ", "postponed": "เลื่อน", "cancelled": "ยกเลิก", "done": "เสร็จแล้ว"}


def configuration() -> str:
    """Return the labelling configuration: the labels with their colours, and who, when, where and state of a region."""
    labels = "\n".join(f"    <Label value={quoteattr(one.id)} alias={quoteattr(one.id)} background={quoteattr(one.colour)}/>" for one in label_set())
    areas = "\n".join(
        f'  <TextArea name="{name}" toName="text" perRegion="true" editable="true" placeholder={quoteattr(words)}/>' for name, words in _WORDS.items()
    )
    states = "\n".join(f'    <Choice value="{state}" hint={quoteattr(_STATES[state])}/>' for state in get_args(State))
    return (
        '<View>\n  <Labels name="label" toName="text">\n'
        f'{labels}\n  </Labels>\n  <Text name="text" value="$text" granularity="symbol"/>\n{areas}\n'
        f'  <Choices name="state" toName="text" perRegion="true" choice="single">\n{states}\n  </Choices>\n</View>\n'
    )


def write(pages: Iterable[Page]) -> bytes:
    """Return the tasks of an import into Label Studio, with an annotation each."""
    tasks = []
    for page in pages:
        to_units = _units(page.text or "")
        data = {"text": page.text, "post": page.post, "title": page.title, "passages": [mark.id for mark in page.marks]}
        result = [row for mark in page.marks for row in _results(mark, to_units)]
        tasks.append({"data": data, "annotations": [{"result": result}]})
    return json.dumps(tasks, ensure_ascii=False, indent=1).encode("utf-8")


def read(data: bytes, name: str) -> Iterator[Page | SourceError]:
    """Yield the pages of an export; of several annotations of a task the last one counts."""
    try:
        tasks = json.loads(data.decode("utf-8-sig"))
        rows = enumerate(tasks, 1)
    except (ValueError, TypeError) as error:
        yield set_aside(name, 1, error)
        return
    yield from read_rows(iter(rows), name, _page)


def _page(task: Any) -> Page:  # noqa: ANN401 - JSON
    data = task["data"]
    to_points = {unit: point for point, unit in enumerate(_units(data["text"]))}
    regions: dict[str, dict[str, Any]] = {}
    annotations = [one for one in task.get("annotations") or () if not one.get("was_cancelled")]
    for row in annotations[-1]["result"] if annotations else ():
        region = regions.setdefault(row["id"], {})
        region[row["from_name"]] = row["value"]
        region.setdefault("meta", row.get("meta"))
    known = tuple(data.get("passages") or ()) if annotations else ()
    marks = [_mark(data["text"], id_, region, to_points, known) for id_, region in regions.items() if "label" in region]
    return Page(str(data["post"]), data["text"], tuple(sorted(marks, key=lambda mark: mark.span)), data.get("title") or "", known)


def _mark(text: str, region_id: str, region: dict[str, Any], to_points: Mapping[int, int], known: Iterable[str]) -> Mark:
    value = region["label"]
    written = (region.get("meta") or {}).get("fields") or {}
    shown = {name: list(region[name]["text"]) for name in _WORDS if name in region}
    if "state" in region:
        shown["state"] = region["state"]["choices"]
    fields = {
        name: written[name] if name in written and _shown(name, written[name]) == words else _read(name, words) for name, words in shown.items()
    }
    id_ = region_id if region_id in known else None
    return made_mark(text, to_points[value["start"]], to_points[value["end"]], value["labels"][0], id=id_, fields=filled(fields))


def _results(mark: Mark, to_units: list[int]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a region: its label, and one for each field, with what the field holds beside how it is shown."""
    place = {"start": to_units[mark.span.start], "end": to_units[mark.span.end], "text": mark.quote}
    known = {"id": mark.id, "to_name": "text"}
    yield {**known, "from_name": "label", "type": "labels", "value": {**place, "labels": [mark.label]}, "meta": {"fields": filled(mark.fields)}}
    for name, value in filled(mark.fields).items():
        if name == "state":
            yield {**known, "from_name": name, "type": "choices", "value": {**place, "choices": [value]}}
        else:
            yield {**known, "from_name": name, "type": "textarea", "value": {**place, "text": _shown(name, value)}}


def _shown(name: str, value: Any) -> list[str]:  # noqa: ANN401 - JSON
    """Return a field as a person reads it: names, days, a place."""
    if name == "who":
        return [one["text"] for one in value]
    if name == "when":
        return ["/".join(dict.fromkeys(filter(None, (one.get("first_day"), one.get("last_day"))))) or one.get("text") or "" for one in value]
    return [value]


def _read(name: str, words: list[str]) -> Any:  # noqa: ANN401 - JSON
    """Return what a person wrote into a field."""
    if name == "who":
        return [{"text": one} for one in words]
    if name == "when":
        days = [one.partition("/") for one in words]
        return [{"text": "", "first_day": first, "last_day": last or first} for first, _, last in days]
    return words[0] if words else None


def _units(text: str) -> list[int]:
    """Return where each code point of a text begins in UTF-16 units, and where the text ends.

    >>> _units("ก😀ข")
    [0, 1, 3, 4]
    """
    places = [0]
    for sign in text:
        places.append(places[-1] + (2 if ord(sign) > 0xFFFF else 1))  # noqa: PLR2004 - the last sign that is one unit
    return places
