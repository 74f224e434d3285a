"""The cuts of a digest for the readers of ``lessons.toml``.

Comes in: a digest, the readers, and the folder of its phase. Goes out: ``digest.CUT.*`` in every form for each cut that a reader asks for;
readers who ask for the same share it, and a second one of the same kind is ``digest.CUT-2``. One in another language is ``digest.CUT.en.*``, the
whole digest in it ``digest.en.*``. Refuses a folder that cannot be written. Cuts that
nobody asks for any more are removed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args

from pipeline.cuts import Cut, CutKind
from pipeline.digest.cuts import cut
from pipeline.jobs.files import remove_file, write_bytes, write_text
from pipeline.render import FORMATS
from pipeline.render.names import named_anew
from pipeline.render.words import speaking

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pipeline.records import Digest
    from pipeline.settings import Language, Reader

    Leave = Callable[[Digest], Digest]
    Forms = Mapping[str, tuple[str, Callable[[Digest], bytes]]]

_LANGUAGES = "(?:th|en)"
_NAME = re.compile(rf"digest\.(?:(?:{'|'.join(get_args(CutKind))})(?:-\d+)?|(?={_LANGUAGES}))(?:\.?{_LANGUAGES})?\..+")


@dataclass(frozen=True, slots=True)
class View:
    """How a reader wants the digest: the cut, None for the whole, and the language where it is another than that of the run."""

    cut: Cut | None
    language: Language | None


def write_cuts(  # noqa: PLR0913, PLR0917 - and how it may leave
    digest: Digest, readers: Sequence[Reader], folder: Path, reports: Forms, language: Language = "th", leave: Leave | None = None
) -> None:
    """Write every cut in every form, the `reports` that are no text among them, and remove those that are no more.

    `language` is that of the run; `leave` masks what readers outside may not see, once the cut is made.
    """
    written = set()
    for name, view in views_of(readers, language).items():
        with speaking(view.language or language):
            made = replace(named_anew(cut(digest, view.cut) if view.cut else digest), stem=f"digest.{name}")
            made = leave(made) if leave else made
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


def views_of(readers: Sequence[Reader], language: Language = "th") -> dict[str, View]:
    """Return what readers ask for that is not the digest itself, each once, by the name that stands in the names of its files."""
    cuts = dict.fromkeys(found for reader in readers if (found := view_of(reader)))
    counted: Counter[str] = Counter()
    names: dict[Cut | None, str] = {None: ""}
    for one in cuts:
        counted[one.kind] += 1
        names[one] = one.kind if counted[one.kind] == 1 else f"{one.kind}-{counted[one.kind]}"
    views = dict.fromkeys(View(view_of(reader), reader.lang if reader.lang != language else None) for reader in readers)
    return {name: view for view in views if (name := ".".join(filter(None, (names[view.cut], view.language))))}


def whose_cuts(readers: Sequence[Reader], language: Language = "th") -> dict[str, str]:
    """Return what the reader of each cut is in charge of, by the name of the cut."""
    cuts = ((name, view.cut) for name, view in views_of(readers, language).items() if view.cut)
    return {name: one.agency or one.area or " ".join(one.roles) for name, one in cuts}


def is_cut(name: str) -> bool:
    """Tell whether a file is a cut of a digest, or the digest in another language, by its name.

    >>> is_cut("digest.host.html"), is_cut("digest.agency-2.en.mail.txt"), is_cut("digest.en.html"), is_cut("digest.mail.html")
    (True, True, True, False)
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
