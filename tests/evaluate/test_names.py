"""Names for readers outside: a private person is masked where the end of the name is, anybody else wrongly where any sign is."""

from pipeline.evaluate.names import as_table, mention_in, wrong_words
from pipeline.masks import Private


def test_a_name_is_masked_where_its_end_is():
    whole, beginning = (mention_in("ป้าแจ่ม", "private", 10, [Private("name", start, end)]) for start, end in ((13, 17), (13, 15)))
    assert (whole.masked, beginning.masked) == (True, False)
    assert mention_in("ป้าแจ่ม", "private", 10, [Private("name", 17, 20)]).touched is False


def test_the_counts_tell_private_persons_from_others():
    hidden = [Private("name", 0, 9)]
    mentions = [mention_in("ป้าแจ่ม", "private", 0, hidden), mention_in("ป้าแจ่ม", "private", 20, hidden), mention_in("ชาวบ้าน", "other", 0, hidden)]
    assert wrong_words(mentions) == (["ป้าแจ่ม"], ["ชาวบ้าน"])
    assert "recall 0.500   precision 0.500" in as_table("posts", mentions)
    assert "officials 0 of 0, others 1 of 1" in as_table("posts", mentions)
