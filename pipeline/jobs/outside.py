"""What readers outside the team may get, in a folder of its own that can be handed out whole; and the report of what was masked.

Comes in: the digests, the store, the readers of ``lessons.toml``. Goes out: below ``outside/`` the digests and their cuts in every form, the pages of
the cited posts, the register, the calendar and the first page, all with ▮ for personal data; ``masked.json``, which counts by kind and place. Refuses
a folder that cannot be written. Without a reader outside there is no such folder.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.jobs.collect import Collected
from pipeline.jobs.cuts import write_cuts
from pipeline.jobs.files import told_of_files, write_bytes, write_text
from pipeline.jobs.pages import publish_pages
from pipeline.jobs.publish import publish_index
from pipeline.jobs.together import publish_together
from pipeline.privacy import Counted, Leaving
from pipeline.render import FORMATS, documents
from pipeline.render.words import speaking

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.jobs.publish import Found
    from pipeline.records import Digest
    from pipeline.settings import Settings
    from pipeline.store.store import Store

FOLDER, REPORT = "outside", "masked.json"


def publish_outside(settings: Settings, digests: Sequence[Digest], store: Store, out: Path, found: Found) -> Counted:
    """Write what readers outside may get, and return what was masked in it; where nobody is outside, remove what there was."""
    readers = [reader for reader in settings.readers if reader.outside]
    folder = out / FOLDER
    if not readers:
        if (folder / "index.html").is_file():
            with told_of_files(folder):
                shutil.rmtree(folder)
        return Counter()
    leaving = Leaving(digests, settings.privacy)
    reports = documents(thai_digits=settings.documents.thai_digits)
    left = [leaving.digest(digest) for digest in digests]
    for digest, masked in zip(digests, left, strict=True):
        with speaking(found.language):
            for name, make in FORMATS.values():
                write_text(folder / digest.phase.id / name, make(masked))
            for name, make_bytes in reports.values():
                write_bytes(folder / digest.phase.id / name, make_bytes(masked))
            write_cuts(digest, readers, folder / digest.phase.id, reports, found.language, leave=leaving.digest)
    publish_together(settings, digests, store, folder, replace(found, threads=[leaving.thread(one) for one in found.threads]), leaving)
    publish_pages(digests, store, folder, found.language, leaving)
    publish_index(settings, left, Collected(), folder, found, readers)
    return leaving.counted


def write_report(out: Path, everywhere: Counted, outside: Counted, private_names: str) -> None:
    """Write how much was masked, by kind and place."""
    told = {"format": 1, "everywhere": _rows(everywhere), "outside": {"private_names": private_names, "counts": _rows(outside)}}
    write_text(out / REPORT, json.dumps(told, ensure_ascii=False, indent=2) + "\n")


def masked_before(out: Path) -> Counted:
    """Return how much was masked for readers outside in the files that stand."""
    told = json.loads((out / REPORT).read_text(encoding="utf-8"))
    return Counter({(row["kind"], row["place"]): row["count"] for row in told["outside"]["counts"]})


def _rows(counted: Counted) -> list[dict[str, object]]:
    return [{"kind": kind, "place": place, "count": count} for (kind, place), count in sorted(counted.items())]
