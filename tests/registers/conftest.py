"""Posts and passages as a test of the registers needs them: a text, and which of its words are labelled."""

from datetime import datetime

import pytest

from pipeline.records import ActionFields, Comment, Passage, Post, Span
from pipeline.registers import read_post


def a_post(text, *, comment=None, **facts):
    """Return a post with this body, and a comment by somebody where one is given."""
    whole = text if comment is None else f"{text}\n\n{comment}"
    comments = () if comment is None else (Comment(Span(len(text) + 2, len(whole)), "มาลี"),)
    return Post(**{"id": "1", "source": "1.txt", "origin": "/1.txt", "text": whole, "body": (Span(0, len(text)),), "comments": comments, **facts})


def labelled(post, words, label="action", *, state="planned", **facts):
    """Return the passage of these words in a post."""
    start = post.text.index(words)
    action = ActionFields(state=state) if label == "action" else None
    return Passage(post.id, post.source, Span(start, start + len(words)), words, label, 0.9, **{"action": action, **facts})


@pytest.fixture
def see():
    """Return a function that reads a text, with the words of it that are labelled, and gives the sightings of one register."""

    def seen(register, text, *passages, comment=None, threads=None):
        post = a_post(text, comment=comment, posted_at=datetime.fromisoformat("2008-05-01T10:00"))
        found = list(read_post(post, [labelled(post, **each) for each in passages], threads or {}))
        assert all(post.text[one.passage.span.start : one.passage.span.end] == one.passage.quote for one in found)
        return [one for one in found if one.register == register]

    return seen
