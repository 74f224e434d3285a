"""spaCy: a DocBin whose Docs have the passages as the span group "lessons".

Comes in: pages, or the bytes of a DocBin. Goes out: the other. Refuses what is no DocBin. Tokens are our own words, cut once more where a passage
begins or ends inside one: spaCy would drop such a span without an error.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING

from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from pipeline.exchange.pages import Page, made_mark, read_rows, set_aside
from pipeline.exchange.words import cut_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.errors import SourceError

GROUP = "lessons"
_KEPT = "thai-lessons"


def write(pages: Iterable[Page]) -> bytes:
    """Return the Docs."""
    vocab = Vocab()
    docs = DocBin(store_user_data=True)
    for page in pages:
        text = page.text or ""
        borders = cut_words(text, [mark.span for mark in page.marks])
        number_of = {border: number for number, border in enumerate(borders)}
        doc = Doc(vocab, words=[text[start:end] for start, end in pairwise(borders)], spaces=[False] * (len(borders) - 1))
        doc.spans[GROUP] = [Span(doc, number_of[mark.span.start], number_of[mark.span.end], label=mark.label) for mark in page.marks]
        passages = [[mark.id, dict(mark.fields)] for mark in page.marks]
        doc.user_data[_KEPT] = json.dumps({"post": page.post, "title": page.title, "passages": passages}, ensure_ascii=False)
        docs.add(doc)
    return docs.to_bytes()


def read(data: bytes, name: str) -> Iterator[Page | SourceError]:
    """Yield the pages of the Docs."""
    try:
        docs = list(DocBin(store_user_data=True).from_bytes(data).get_docs(Vocab()))
    except Exception as error:  # noqa: BLE001 - msgpack, zlib and spaCy each have their own
        yield set_aside(name, 1, error)
        return
    yield from read_rows(enumerate(docs, 1), name, _page)


def _page(doc: Doc) -> Page:
    kept = json.loads(doc.user_data[_KEPT])
    spans = list(doc.spans[GROUP])
    passages = kept["passages"] if len(kept["passages"]) == len(spans) else [[None, {}]] * len(spans)
    marks = [
        made_mark(doc.text, span.start_char, span.end_char, span.label_, id=id_, fields=fields)
        for span, (id_, fields) in zip(spans, passages, strict=True)
    ]
    return Page(kept["post"], doc.text, tuple(marks), kept["title"], tuple(id_ for id_, _ in kept["passages"] if id_))
