"""A night through `jobs` alone: what ``flows.nightly`` does, without a scheduler. Used by the tests, the bench, chaos and the week."""

from pipeline.jobs.collecting import collect_tonight
from pipeline.jobs.run import open_run


def night(order, *, fetcher=None, now=None, say=lambda _step: None):
    """Ask the feeds where there is who asks them, read, analyse and publish; `say` hears of every step before it begins."""
    say("opening")
    asked = collect_tonight(order, fetcher, now) if fetcher else []
    with open_run(order) as run:
        run.report.feeds = asked
        say("collecting")
        for files in run.file_batches():
            run.collect(files)
        run.retire_gone()
        say("analysing")
        for posts in run.post_batches():
            run.analyse(posts, run.tokenize, run.classify)
        say("placing")
        run.place_again()
        say("digesting")
        digests = [run.digest(phase) for phase in run.phases()]
        say("publishing")
        run.publish(digests)
        say("closing")
    return run.report
