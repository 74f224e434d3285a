"""One run for a person who watches: progress bars, then what was done.

Comes in: the order of a run. Goes out: words in the terminal, and the report. Refuses what a run refuses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.jobs.run import RunOrder, RunReport


def run_and_tell(order: RunOrder) -> RunReport:
    """Run the nightly flow once and tell what it did; what is plainly wrong is refused before anything heavy starts."""
    from pipeline.cli.terminal import Bars, tell_report
    from pipeline.jobs.run import check_order

    check_order(order)
    from flows.nightly import PROGRESS, nightly
    from flows.telling import lost_server_told

    with Bars(order.language) as bars, lost_server_told():
        bars.starting()
        PROGRESS.set(bars.show)
        report: RunReport = nightly(**order.as_parameters())
    tell_report(report, order.out, order.language)
    return report
