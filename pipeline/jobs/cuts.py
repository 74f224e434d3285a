"""The cuts of a digest for the readers of ``lessons.toml``.

Comes in: a digest, the readers, and the folder of its phase. Goes out: ``digest.CUT.*`` in every form for each cut that a reader asks for;
readers who ask for the same share it, and a second one of the same kind is ``digest.CUT-2``. Refuses a folder that cannot be written. Cuts that
nobody asks for any more are removed.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, get_args

from pipeline.cuts import Cut, CutKind
from pipeline.digest.cuts import cut
from pipeline.jobs.files import remove_file, write_bytes, write_text
from pipeline.render import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pipeline.records import Digest
    from pipeline.settings import Reader

    Forms = Mapping[str, tuple[str, Callable[[Digest], bytes]]]

_NAME = re.compile(rf"digest\.(?:{'|'.join(get_args(CutKind))})(?:-\d+)?\..+")


def write_cuts(digest: Digest, readers: Sequence[Reader], folder: Path, reports: Forms) -> None:
    """Write every cut in every form, the `reports` that are no text among them, and remove those that are no more."""
    written = set()
    for name, view in cuts_of(readers).items():
        made = cut(digest, view)
        for file, make in FORMATS.values():
            write_text(folder / _named(file, name), make(made))
        for file, make_bytes in reports.values():
            write_bytes(folder / _named(file, name), make_bytes(made))
        written |= {_named(file, name) for file, _ in (*FORMATS.values(), *reports.values())}
    for path in folder.iterdir():
        if is_cut(path.name) and path.name not in written:
            remove_file(path)


def _named(file: str, cut_name: str) -> str:
    return file.replace("digest", f"digest.{cut_name}", 1)


def cuts_of(readers: Sequence[Reader]) -> dict[str, Cut]:
    """Return the cuts that readers ask for, each once, by the name that stands in the names of its files."""
    views = dict.fromkeys(view for reader in readers if (view := view_of(reader)))
    counted: Counter[str] = Counter()
    named = {}
    for view in views:
        counted[view.kind] += 1
        named[view.kind if counted[view.kind] == 1 else f"{view.kind}-{counted[view.kind]}"] = view
    return named


def is_cut(name: str) -> bool:
    """Tell whether a file is a cut of a digest by its name.

    >>> is_cut("digest.host.html"), is_cut("digest.agency-2.mail.txt"), is_cut("digest.mail.html")
    (True, True, False)
    """
    return bool(_NAME.fullmatch(name))


def view_of(reader: Reader) -> Cut | None:
    """Return what a reader asks for; what does not bear on the kind of cut makes no other cut."""
    kind = next((one for one in get_args(CutKind) if one == reader.cut), None)
    if kind is None:
        return None
    return Cut(
        kind,
        agency=reader.agency if kind in {"agency", "host"} else None,
        area=reader.area if kind == "facilitator" else None,
        roles=reader.roles if kind == "facilitator" else (),
    )
