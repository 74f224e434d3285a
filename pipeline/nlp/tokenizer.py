"""The tokenizer of the spaCy pipeline: Thai words of the genre dictionary, `Doc.text` equal to the text that came in.

Comes in: a text. Goes out: a spaCy `Doc` whose words carry no trailing space, white space being words of its own. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Doc
from spacy.util import registry

from pipeline.languages.th.tokens import ENGINE, words_of
from pipeline.nlp import pieces  # noqa: F401 - declares the extensions

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language
    from spacy.vocab import Vocab


class ThaiWords:
    """Cut a text into words with one engine."""

    def __init__(self, vocab: Vocab, engine: str) -> None:
        """Keep the vocabulary that the Docs share."""
        self.vocab = vocab
        self.engine = engine

    def __call__(self, text: str) -> Doc:
        """Return the Doc of `text`."""
        words = words_of(text, self.engine)
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words))
        doc._.words = words  # asking spaCy for each word again would take a third of a run
        return doc


@registry.tokenizers("lessons.thai_words.v1")  # type: ignore[untyped-decorator]  # spaCy gives it no type
def make_thai_words(engine: str = ENGINE) -> Callable[[Language], ThaiWords]:
    """Return the factory that spaCy's configuration names."""

    def create(nlp: Language) -> ThaiWords:
        return ThaiWords(nlp.vocab, engine)

    return create
