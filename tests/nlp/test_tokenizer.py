"""The Doc holds the text that came in, in words without a trailing space."""

import pytest
import spacy

from pipeline.nlp.tokenizer import ThaiWords


@pytest.mark.parametrize("engine", ["nlpo3", "newmm"])
@pytest.mark.parametrize("text", ["", "ลุงคำ  พายเรือ\r\n(ดู) 12 ลำ😀", " ", "\n\nเรือ\n"])
def test_the_text_of_the_doc_is_the_text(engine, text):
    if engine == "nlpo3":
        pytest.importorskip("nlpo3")
    doc = ThaiWords(spacy.blank("th").vocab, engine)(text)
    assert doc.text == text
    assert [token.text for token in doc] == doc._.words
    assert not any(token.whitespace_ for token in doc)


def test_the_configuration_names_the_tokenizer(by_cues):
    assert by_cues.nlp.config["nlp"]["tokenizer"]["@tokenizers"] == "lessons.thai_words.v1"
    assert isinstance(by_cues.nlp.tokenizer, ThaiWords)
