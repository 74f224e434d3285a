"""The tokenizer of the spaCy pipeline: Thai words of the genre dictionary, `Doc.text` equal to the text that came in.

Comes in: a text. Goes out: a spaCy `Doc` whose words carry no trailing space, white space being words of its own. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc
from spacy.util import registry

from pipeline.languages.th.tokens import ENGINE, known_words, words_of
from pipeline.nlp import pieces  # noqa: F401 - declares the extensions

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language
    from spacy.vocab import Vocab


class _Kept(dict[str, "int | str"]):
    """The words of the dictionaries that texts have held, each with its number, which spaCy finds faster than a string."""

    def __init__(self) -> None:
        super().__init__()
        self.met: set[str] = set()

    def __missing__(self, word: str) -> str:
        if word in known_words():
            self.met.add(word)
        return word


class ThaiWords:
    """Cut a text into words with one engine."""

    def __init__(self, vocab: Vocab, engine: str) -> None:
        """Keep the vocabulary that the Docs share."""
        self.vocab = vocab
        self.engine = engine
        self._kept = _Kept()

    def __call__(self, text: str) -> Doc:
        """Return the Doc of `text`."""
        words = words_of(text, self.engine)
        known: Any = list(map(self._kept.__getitem__, words))  # spaCy takes numbers, too, and its types do not say so
        doc = Doc(self.vocab, words=known, spaces=[False] * len(words))
        doc._.words = words  # asking spaCy for each word again would take a third of a run
        return doc

    def keep_words(self) -> None:
        """Keep in the vocabulary what words of the dictionaries were met, and no others, so that it cannot grow for ever; call it between batches."""
        for word in self._kept.met:
            self._kept[word] = self.vocab[word].orth
        self._kept.met.clear()


@registry.tokenizers("lessons.thai_words.v1")  # type: ignore[untyped-decorator]  # spaCy gives it no type
def make_thai_words(engine: str = ENGINE) -> Callable[[Language], ThaiWords]:
    """Return the factory that spaCy's configuration names."""

    def create(nlp: Language) -> ThaiWords:
        return ThaiWords(nlp.vocab, engine)

    return create
