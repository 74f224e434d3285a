"""The few threads with which a passage is compared: the likeliest that are open, and no more is asked of the others."""

from pipeline.threads.index import _COMPARED, Index
from tests.threads.linked import said


class Numbers:
    """Threads that are their numbers, of which some are closed."""

    def __init__(self, closed):
        self._closed, self.asked = closed, []

    def __getitem__(self, number):
        return number

    def closed(self, number):
        self.asked.append(number)
        return number in self._closed


class Words:
    """A passage of some words, each with its weight."""

    def __init__(self, **words):
        self.words, self.days, self.told = words, (), said("นัดประชุม")


def found(index, **words):
    return index.candidates(Words(**words))


def test_of_threads_that_are_as_likely_the_first_found_come_first():
    index = Index(Numbers(closed={3}), by_word={"a": [5, 3, 9], "b": [7, 5, 2]})
    assert found(index, a=0.5, b=0.5) == [5, 9, 7, 2]
    assert found(index, b=0.4, a=0.5) == [5, 9, 7, 2]
    assert found(index, b=0.5, a=0.4) == [5, 7, 2, 9]


def test_no_more_threads_are_looked_at_than_are_compared_and_those_that_are_closed_before_them():
    many = range(4 * _COMPARED)
    threads = Numbers(closed=set(many[:5]))
    index = Index(threads, by_word={str(word): list(many[40 * word :][:40]) for word in range(3)})
    assert found(index, **{str(word): 1.0 for word in range(3)}) == list(many[5:][:_COMPARED])
    assert len(threads.asked) == _COMPARED + 5
