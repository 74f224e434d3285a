"""One run from posts to digests, as steps that a scheduler may name, time and try again.

Comes in: where the posts are, where the files go, the database and the configuration. Goes out: the steps, and a `RunReport`. Refuses sources
without posts, a wrong configuration, a database or an output folder that cannot be used, and a second run while one is at work. Every step may be
repeated: what is done already is known by the store.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.assets import asset
from pipeline.errors import ModelError, NoPosts
from pipeline.jobs.analyse import UNFORESEEN, Batch, analyse_alone, classify, keep, place_again, tokenize
from pipeline.jobs.collect import BATCH, FileBatch, collect_files, list_files, retire_gone
from pipeline.jobs.correct import refill_queue, show_corrections
from pipeline.jobs.days import days_in
from pipeline.jobs.elsewhere import ReadOrder
from pipeline.jobs.files import check_database, open_store
from pipeline.jobs.joining import join_groups
from pipeline.jobs.journal import journaled
from pipeline.jobs.keeping.erasing import finish_forgetting
from pipeline.jobs.order import RunOrder, RunReport
from pipeline.jobs.outside import masked_before, publish_outside, write_report
from pipeline.jobs.pages import publish_pages
from pipeline.jobs.publish import Found, outline_of, phases_to_publish, publish_index, publish_phase, publish_rows
from pipeline.jobs.registers import fill_ledger
from pipeline.jobs.sweeping import seldom_swept, unswept
from pipeline.jobs.teams.history import team_models
from pipeline.jobs.teams.models import check_model
from pipeline.jobs.teams.suspects import suspected_items
from pipeline.jobs.threads import follow_store, linker_of
from pipeline.jobs.together import publish_together
from pipeline.jobs.turn import one_at_a_time
from pipeline.jobs.unchanged import is_published, mark_published
from pipeline.nlp.reader import load_reader
from pipeline.records import Reject
from pipeline.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from contextlib import AbstractContextManager

    from pipeline.followed import Thread
    from pipeline.jobs.analyse import Read
    from pipeline.jobs.days import Days
    from pipeline.nlp.reader import Reader
    from pipeline.records import Digest, Phase, Post
    from pipeline.registers import Ledger
    from pipeline.settings import Settings
    from pipeline.sources import SourceFile
    from pipeline.store.store import Store
    from pipeline.threads import Linker


__all__ = ["Run", "RunOrder", "RunReport", "check_order", "open_run"]


def check_order(order: RunOrder, *, asks_feeds: bool = False) -> None:
    """Refuse what is plainly wrong before anything heavy starts; whoever asks feeds may begin with an empty folder."""
    settings = read_settings(order.config)
    try:
        list_files(order.sources, order.out)
    except NoPosts:
        if not (asks_feeds and settings.feeds):
            raise
    order = order.as_configured(settings)
    check_model(order.models or asset("models"), order.model, team_models(order.database, order.out))
    check_database(order.database, order.out)


@contextmanager
def open_run(order: RunOrder) -> Iterator[Run]:
    """Open everything that a run needs, and close it at the end."""
    settings = read_settings(order.config)
    order = order.as_configured(settings)
    files = list_files(order.sources, order.out)
    models, team = order.models or asset("models"), team_models(order.database, order.out)
    reader = load_reader(models, order.model, team)
    linker = linker_of(models, order.model, team)
    with seldom_swept(), open_store(order.database, order.out) as store, one_at_a_time(store) as check_turn:
        finish_forgetting(store, order.out, team)
        store.keep_at_hand()
        run = Run(order, settings, files, reader, linker, store, check_turn)
        with journaled(store, run.report.figures):
            yield run


class Run:
    """One run; not a dataclass, so that no scheduler looks into it."""

    def __init__(  # noqa: PLR0913, PLR0917 - what the steps need
        self,
        order: RunOrder,
        settings: Settings,
        files: Sequence[SourceFile],
        reader: Reader,
        linker: Linker | None,
        store: Store,
        check_turn: Callable[[], None],
    ) -> None:
        """Keep what the steps need."""
        self._order = order
        self._settings = settings
        self._files = files
        self._reader = reader
        self._linker = linker
        self._store = store
        self._check_turn = check_turn  # before every step that writes
        self._unread: set[str] = set()
        self._decided: tuple[int, int | None] | None = None  # the corrections that the files surely show
        self.report = RunReport(reader=reader.id, read_before=store.model())

    def file_batches(self) -> list[FileBatch]:
        """Return the source files in batches."""
        return [FileBatch(self._files[start : start + BATCH]) for start in range(0, len(self._files), BATCH)]

    def collect(self, batch: FileBatch) -> None:
        """Read a batch of files into the store."""
        self._check_turn()
        self.report.collected.add(collect_files(batch.files, self._store, self.report.collected.seen, self._order.language))

    def retire_gone(self) -> None:
        """Retire the posts whose files are gone, once all files have been read."""
        collected = self.report.collected
        collected.retired += retire_gone(self._order.sources, self._files, collected, self._store)
        self._store.known.forget_other_files({file.origin for file in self._files})

    def count_waiting(self) -> int:
        """Return how many posts wait for the model."""
        return self._store.count_waiting(self._reader.id, self._store.middle_day())

    def post_batches(self) -> Iterator[list[Post]]:
        """Yield the posts that wait for the model, in batches, until none does; the reader knows the middle day of the collection."""
        self._reader.tell_from(self._store.middle_day())
        while posts := self.next_batch():
            yield posts
            self._count(posts)

    def next_batch(self, besides: Collection[str] = ()) -> list[Post]:
        """Return the next posts that wait for the model, `besides` those that are being read."""
        self._check_turn()
        aside = self._unread.union(besides)
        return self._store.waiting(self._reader.id, BATCH, self._reader.around, aside)

    def read_order(self) -> ReadOrder:
        """Return which reader shall read elsewhere; it is told the middle day of the collection."""
        self._reader.tell_from(self._store.middle_day())
        order = self._order
        return ReadOrder(order.models, order.model, self._reader.around, team_models(order.database, order.out))

    def keep_read(self, posts: Sequence[Post], read: Read) -> None:
        """Keep what was read elsewhere; refuse what another model read."""
        if read.reader != self._reader.id:
            raise ModelError(
                en=f"Every machine must read with the model {self._reader.id}. Got {read.reader} from one. Install the same version on all of them.",
                th=f"ทุกเครื่องต้องใช้แบบจำลอง {self._reader.id} แต่มีเครื่องหนึ่งใช้ {read.reader} โปรดติดตั้งโปรแกรมรุ่นเดียวกันทุกเครื่อง",
            )
        self.report.passages += keep(self._reader, posts, read, self._settings, self._store)
        self._count(posts)

    def _count(self, posts: Sequence[Post]) -> None:
        self.report.analysed += sum(post.id not in self._unread for post in posts)

    def words_alive(self) -> AbstractContextManager[None]:
        """Return the time in which the words of a batch may be used."""
        return self._reader.batch()

    def tokenize(self, posts: Sequence[Post]) -> Batch:
        """Return the posts with their words."""
        return tokenize(self._reader, posts)

    def classify(self, batch: Batch) -> None:
        """Label a batch and keep its passages."""
        self.report.passages += classify(self._reader, batch, self._settings, self._store)

    def analyse(self, posts: Sequence[Post], cut_words: Callable[[Sequence[Post]], Batch], label: Callable[[Batch], None]) -> None:
        """Put a batch through both steps; when that fails, put each post through alone and set aside the one to blame."""
        try:
            with self.words_alive():
                label(cut_words(posts))
        except UNFORESEEN:
            self._each_alone(posts)

    def analyse_each(self, posts: Sequence[Post]) -> None:
        """Put each post of a batch that failed elsewhere through alone, here."""
        self._each_alone(posts)
        self._count(posts)

    def _each_alone(self, posts: Sequence[Post]) -> None:
        for post in posts:
            found = analyse_alone(self._reader, post, self._settings, self._store, self._order.language)
            if isinstance(found, Reject):
                self._unread.add(post.id)
                self.report.collected.rejects.append(found)
            else:
                self.report.passages += found

    def place_again(self) -> None:
        """Put what reviewers decided into every post, set the phases anew that other settings placed, and join what posts say alike."""
        self._decided = self._store.corrections.so_far()
        show_corrections(self._store, self._settings)
        while place_again(self._settings, self._store, BATCH):
            pass
        with unswept():
            join_groups(self._store, BATCH)

    @cached_property
    def _threads(self) -> list[Thread]:
        """Return what is followed from post to post, once all are analysed."""
        with unswept():
            return follow_store(self._store, self._linker, self._days, self._settings.phases)

    @cached_property
    def _days(self) -> Days:
        """Return when each post tells of what, once all are collected."""
        return days_in(self._store)

    @cached_property
    def _ledger(self) -> Ledger:
        """Return the registers of all phases, once all posts are analysed."""
        return fill_ledger(self._store, self._settings, self._threads, self._days)

    def phases(self) -> list[Phase]:
        """Return the phases to write a digest for."""
        return phases_to_publish(self._settings, self._store)

    def digest(self, phase: Phase) -> Digest:
        """Write the digest of one phase in every form; where nothing is new it stands, and only its numbers are told."""
        self._check_turn()
        if self._is_published:
            return outline_of(phase, self._settings, self._store, self._reader.id)
        return publish_phase(phase, self._settings, self._store, self._order.out, self._found)

    @property
    def _found(self) -> Found:
        """Return what was found in all posts together."""
        return Found(self._reader.id, self._threads, self._ledger, self._days, self._order.lang)

    def publish(self, digests: list[Digest]) -> None:
        """Write everything around the digests: the rows for other programs, the posts' pages, the index; where nothing is new they stand."""
        self._check_turn()
        self.report.digests = digests
        if self._is_published:
            self.report.masked_outside = masked_before(self._order.out)
            return
        out, found = self._order.out, self._found
        publish_rows(self._store, out, self.report.collected, found)
        publish_together(self._settings, digests, self._store, out, found)
        publish_pages(digests, self._store, out, found.language)
        publish_index(self._settings, digests, self.report.collected, out, found)
        self.report.masked_outside = publish_outside(self._settings, digests, self._store, out, found)
        write_report(out, self.report.collected.masked, self.report.masked_outside, self._settings.privacy.private_names)
        suspected = suspected_items(self._store, team_models(self._order.database, out))
        with unswept():
            refill_queue(self._store, self._threads, digests, suspected, self._settings.review.order)
        self._store.search.refresh()
        made_of = self._made_of
        if self._store.corrections.so_far() == self._decided:  # else somebody has decided since: the next run writes again
            mark_published(out, made_of, self._phase_ids)

    @cached_property
    def _is_published(self) -> bool:
        """Tell whether the files of the output folder tell what is known now; where anything was read they do not, whatever the store holds."""
        collected = self.report.collected
        if collected.new or collected.changed or collected.retired or self.report.analysed:
            return False
        return is_published(self._order.out, self._made_of, self._phase_ids)

    @property
    def _made_of(self) -> tuple[object, ...]:
        """Return all that the files of a run are made of."""
        collected = self.report.collected
        return self._store.fingerprint(), self._settings, self._reader.id, self._order.lang, collected.rejects, collected.notes

    @property
    def _phase_ids(self) -> list[str]:
        return [phase.id for phase in self.phases()]
