"""Classifiers of outside packages: one can be tried by its name, `--classifier NAME`, without a change of anything else.

Comes in: the name of an entry point of the group `lessons.classifiers`. Goes out: what stands in the place of our classifier. Refuses a name that no
installed package gives, a package that lacks something it needs, and answers that are no probabilities of our labels. What such a package gives is a
function without arguments that returns a `TextClassifier`; where its model stands, and how it is loaded, is its own affair.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from pipeline.errors import ModelError, SettingsError
from pipeline.labels import OTHER, label_ids
from pipeline.languages.th.cues import cue_set
from pipeline.nlp.pieces import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.nlp.pieces import Piece

GROUP = "lessons.classifiers"
OUTSIDE = "outside:"  # before its name where a reader is named: ``MODEL@outside:NAME``
_WHY = 4  # cue words shown as reasons
_SUMS_TO_ONE = 1e-3


class TextClassifier(Protocol):
    """What an outside package gives: its labels, ours and "other" in any order, and for each text a row with one probability for each of them."""

    labels: Sequence[str]

    def probabilities(self, texts: Sequence[str]) -> Any:  # noqa: ANN401 - anything that numpy takes for a table
        """Return one row a text and one column a label."""


@dataclass(frozen=True, slots=True)
class OutsideClassifier:
    """An outside classifier in the place of ours; it gives no lean, and cue words alone say why."""

    name: str
    labels: tuple[str, ...]
    inner: TextClassifier
    leans: Mapping[str, float] = field(default_factory=dict)

    def probabilities(self, docs: Sequence[Doc]) -> NDArray[np.float64]:
        """Return one row a piece and one column a label, each row summing to 1."""
        texts = [text_of(doc)[piece.start : piece.end] for doc in docs for piece in doc._.passages]
        if not texts:
            return np.zeros((0, len(self.labels)))
        found: NDArray[np.float64] = np.asarray(self.inner.probabilities(texts), float)
        if found.shape != (len(texts), len(self.labels)) or not np.allclose(found.sum(axis=1), 1, atol=_SUMS_TO_ONE):
            raise ModelError(
                en=f"classifier {self.name}: it must give {len(self.labels)} probabilities that sum to 1 for each of {len(texts)} texts. "
                f"Got a table of the shape {found.shape}. Mend the package, or leave --classifier out.",
                th=f"ตัวจำแนก {self.name}: ต้องให้ความน่าจะเป็น {len(self.labels)} ค่าที่รวมกันได้ 1 ต่อข้อความ แต่ได้ตารางขนาด {found.shape} "
                "แก้แพ็กเกจ หรือไม่ใช้ --classifier",
            )
        return found

    def reasons(self, found: Sequence[tuple[Doc, Piece, str]]) -> list[tuple[str, ...]]:
        """Return for each piece of a Doc its cue words that speak for a label: what an outside model made of other words is not known."""
        return [_cue_words(*one) for one in found]


def _cue_words(doc: Doc, piece: Piece, label: str) -> tuple[str, ...]:
    words = (text_of(doc)[hit.start : hit.end].strip() for hit in piece.cues if cue_set()[hit.cue].votes == label)
    return tuple(dict.fromkeys(words))[:_WHY]


def outside_names() -> list[str]:
    """Return the names under which installed packages give classifiers."""
    return sorted(point.name for point in entry_points(group=GROUP))


def load_outside(name: str) -> OutsideClassifier:
    """Return the classifier that an installed package gives under a name.

    Raises:
        SettingsError: when none does, or the package lacks something that it needs.
        ModelError: when its model cannot be loaded, or has other labels than ours.
    """
    found = list(entry_points(group=GROUP, name=name))
    if not found:
        raise no_such(name)
    try:
        inner: TextClassifier = found[0].load()()
    except ImportError as error:
        raise SettingsError(
            en=f"--classifier {name}: everything that its package needs must be installed. Got no {error.name or error}. Install it, "
            "with the extra of the package that brings it, or leave --classifier out.",
            th=f"--classifier {name}: ยังไม่ได้ติดตั้ง {error.name or error} ที่แพ็กเกจนี้ต้องใช้ ติดตั้งเพิ่ม หรือไม่ใช้ --classifier",
        ) from error
    except Exception as error:  # an outside package may raise anything
        said = str(error) or type(error).__name__
        raise ModelError(
            en=f"--classifier {name}: its model must be loadable. It says: {said}. Look where the package keeps its model.",
            th=f"--classifier {name}: เปิดแบบจำลองของแพ็กเกจนี้ไม่ได้ ({said}) ตรวจที่เก็บแบบจำลองของแพ็กเกจ",
        ) from error
    labels = tuple(map(str, inner.labels))
    if sorted(labels) != sorted((*label_ids(), OTHER)):
        raise ModelError(
            en=f"--classifier {name}: its labels must be ours: {', '.join((*label_ids(), OTHER))}. Got {', '.join(labels)}. Mend the package.",
            th=f"--classifier {name}: ป้ายต้องเป็น {', '.join((*label_ids(), OTHER))} แต่พบ {', '.join(labels)} แก้แพ็กเกจก่อน",
        )
    return OutsideClassifier(name, labels, inner)


def no_such(name: str) -> SettingsError:
    """Return the error of a classifier that no installed package gives."""
    there = ", ".join(outside_names())
    return SettingsError(
        en=f'--classifier: must be given by an installed package, as an entry point of the group {GROUP}. Got "{name}". '
        f"Installed are: {there or 'none'}. Install the package, or leave the option out.",
        th=f'--classifier: ต้องมาจากแพ็กเกจที่ติดตั้งแล้ว แต่ไม่พบ "{name}" ที่ติดตั้งแล้วคือ: {there or "ไม่มี"} ติดตั้งแพ็กเกจก่อน หรือไม่ใช้ตัวเลือกนี้',
    )
