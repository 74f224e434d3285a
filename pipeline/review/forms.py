"""What a page may send: checked before anything else looks at it.

Comes in: JSON or the fields of a form. Goes out: frozen models. Refuses, as a `ValueError`: unknown fields, wrong types, values outside the
closed lists, texts that are too long.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from pipeline.corrections import LONGEST_NOTE, Filters, LinkVerdict
from pipeline.labels import OTHER, label_ids

LongestTime = 3_600_000  # milliseconds: whoever thinks longer was away
Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{16,64}$")]
Item = Annotated[str, Field(pattern=r"^[a-z0-9-]{3,40}$")]
Label = Annotated[str, Field(pattern=f"^({'|'.join((*label_ids(), OTHER))})$")]
Voice = Literal["author", "commenter", "reply", "quoted"]
State = Literal["planned", "ongoing", "postponed", "cancelled", "done"]
Offset = Annotated[int, Field(ge=0, le=100_000_000)]
Written = Annotated[str, Field(min_length=1, max_length=200)]


class Form(BaseModel):
    """Something that a page sends: nothing unknown in it, no value turned into another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Fields(Form):
    """Who, when, where and in what state, as the reviewer set them."""

    who: Annotated[list[Written], Field(max_length=12)] = []
    when: Annotated[list[Written], Field(max_length=12)] = []
    where: Written | None = None
    state: State | None = None


class Told(Form):
    """What else the machine read, as the reviewer set it: only what they changed; `whole` where the phase is that of the whole post."""

    phase: Annotated[str, Field(max_length=120)] | None = None
    voice: Voice | None = None
    speaker: Annotated[str, Field(max_length=200)] | None = None
    whole: bool = False


class Part(Form):
    """A stretch of the post, with its label where the reviewer gave one."""

    start: Offset
    end: Offset
    label: Label | None = None


class Decision(Form):
    """One decision, as the page sends it; `key` is made on the page, so that sending twice decides once."""

    key: Key
    item: Item
    mark: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")] | None = None
    verb: Literal["label", "split", "merge", "add", "verdict"]
    version: Annotated[int, Field(ge=0, le=100_000)] = 0
    label: Label | None = None
    parts: Annotated[list[Part], Field(max_length=6)] = []
    fields: Fields | None = None
    told: Told | None = None
    verdict: LinkVerdict | None = None
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] | None = None
    milliseconds: Annotated[int, Field(ge=0, le=LongestTime)] = 0


class Undo(Form):
    """A decision taken back: the one that was sent under the key `of`, else the reviewer's last."""

    key: Key
    of: Key | None = None


def _empty_is_none(value: object) -> object:
    return None if value == "" else value


def _day(value: object) -> object:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


Maybe = Annotated[Annotated[str, Field(max_length=120)] | None, BeforeValidator(_empty_is_none)]


class FiltersSent(BaseModel):
    """The filters in an address: a closed list; what else stands there is not looked at."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    phase: Maybe = None
    label: Annotated[Annotated[str, Field(pattern=f"^({'|'.join(label_ids())})$")] | None, BeforeValidator(_empty_is_none)] = None
    kind: Annotated[Literal["passage", "moved", "thread", "name"] | None, BeforeValidator(_empty_is_none)] = None
    place: Maybe = None
    post: Maybe = None
    first_day: Annotated[date | None, BeforeValidator(_day)] = None
    last_day: Annotated[date | None, BeforeValidator(_day)] = None

    @property
    def count(self) -> int:
        """Return how many filters are set."""
        return sum(value is not None for value in self.model_dump().values())

    def filters(self) -> Filters:
        """Return them as the queue takes them."""
        return Filters(**self.model_dump())
