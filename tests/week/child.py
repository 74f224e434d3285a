"""One night in a process that is killed with the first sign of a step: ``python -m tests.week.child HOME MODEL DATABASE MOMENT STEP``."""

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from tests.night import night
from tests.week.world import fetcher, order_in


def main():
    _, home, model, database, moment, fatal = sys.argv

    def die(step):
        if step == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    night(order_in(Path(home), model, database), fetcher=fetcher(), now=lambda: datetime.fromisoformat(moment), say=die)


if __name__ == "__main__":
    main()
