"""Several simulated years beside each other: their figures as lines, as data, and as a picture.

Comes in: the points of each year, by seed. Goes out: text; JSON that gives the same years back; an SVG in Thai whose words the reader's browser
shapes. Refuses nothing. All years have the same number of points.
"""

from __future__ import annotations

import json
from itertools import pairwise
from math import ceil, floor
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from pipeline.train.year import BATCH, POISONED, Point

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

DATA_FILE, PICTURE_FILE = "year.json", "year.svg"
_HAIR = 0.0005  # of F1: models that are no further apart on the posts of the curve count as alike
_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 720, 400, 62, 46, 18, 84
_STEPS, _LINES = (0.01, 0.02, 0.05, 0.1, 1.0), 12  # of F1, between two lines of the grid, and how many of these there are at most
_EVERY = 200  # corrections, between two figures below
_COLOURS = {"open": "#a3341f", "gated": "#1c4f8f"}
_DASHES = {"open": 'stroke-dasharray="7 4"', "gated": ""}
_NAMES = {"open": "ไม่มีด่าน: ใช้ทุกแบบจำลองที่สอน", "gated": "มีด่าน: ใช้เฉพาะที่ผ่านด่าน"}
_POISON = "มีผู้ส่งป้ายผิด"
_TITLE = "คะแนนความแม่นตามจำนวนการตรวจแก้ มีด่านและไม่มีด่าน"


class Years(NamedTuple):
    """The domains that were left out, every how manyth writer taught, the model that ships, and the points of each year by its seed."""

    domains: tuple[str, ...]
    every: int
    model: str
    points: Mapping[int, Sequence[Point]]

    @property
    def means(self) -> list[tuple[int, float, float]]:
        """Return after how many corrections which F1 was reached without and with the gate, in the mean of the years."""
        rows = zip(*self.points.values(), strict=True)
        return [(row[0].corrections, fmean(point.open_f1 for point in row), fmean(point.gated_f1 for point in row)) for row in rows]


def line_of(point: Point) -> str:
    """Return a point as a line."""
    return f"{point.corrections:5} corrections: open {point.open_f1:.3f}, gated {point.gated_f1:.3f}, {point.seconds:5.1f} s  {point.told}"


def as_lines(years: Years) -> list[str]:
    """Return every year, the mean of them, and what the gate was worth."""
    lines = [line for seed, points in years.points.items() for line in (f"seed {seed}", *map(line_of, points))]
    lines += ["mean", *(f"{count:5} corrections: open {free:.3f}, gated {gated:.3f}" for count, free, gated in years.means)]
    pairs = [pair for points in years.points.values() for pair in pairwise(points)]
    allowed = [(before.gated_f1, now.offered_f1) for before, now in pairs if now.allowed]
    refused = [(before.gated_f1, now.offered_f1) for before, now in pairs if not now.allowed]
    for name, judged in (("allowed", allowed), ("refused", refused)):
        worse, better = (sum(sign * (now - before) > _HAIR for before, now in judged) for sign in (-1, 1))
        gain = fmean(now - before for before, now in judged) if judged else 0.0
        lines.append(
            f"{name} {len(judged)} of {len(pairs)} models; on the posts of the curve {better} better, {worse} worse, "
            f"{len(judged) - better - worse} alike, in the mean {gain:+.4f}"
        )
    for name, column in (("without the gate", "open_f1"), ("with it", "gated_f1")):
        below = sum(getattr(point, column) < points[0].open_f1 - _HAIR for points in years.points.values() for point in points[1:])
        least = min(getattr(point, column) - points[0].open_f1 for points in years.points.values() for point in points)
        lines.append(f"{name}: {below} of {len(pairs)} rounds end below the start, the worst by {least:+.3f}")
    return lines


def as_data(years: Years) -> str:
    """Return the years as JSON."""
    played = {str(seed): [point._asdict() for point in points] for seed, points in years.points.items()}
    return json.dumps({"domains": years.domains, "every": years.every, "model": years.model, "years": played}, ensure_ascii=False, indent=1) + "\n"


def as_picture(years: Years) -> str:
    """Return the mean of the years as a picture, each single year behind it, with a triangle where the gate let a model read."""
    scores = [score for points in years.points.values() for point in points for score in (point.open_f1, point.gated_f1)]
    step = next(step for step in _STEPS if max(scores) - min(scores) <= _LINES * step)
    low, high = floor(min(scores) / step), ceil(max(scores) / step)
    frame = _Frame(low * step, max(high, low + 1) * step, max(count for count, _, _ in years.means))
    means = {name: [(row[0], float(row[column])) for row in years.means] for column, name in enumerate(_COLOURS, 1)}
    lines = [_line(frame, means[name], name, f'stroke-width="2.6" {dashes}') for name, dashes in _DASHES.items()]
    return "\n".join([_head(years), *_grid(frame, step), *_single(frame, years), *lines, *_legend(len(years.points)), "</svg>", ""])


class _Frame(NamedTuple):
    """The lowest and the highest score of the picture, and its last correction."""

    low: float
    high: float
    last: int

    def place(self, count: float, score: float) -> tuple[float, float]:
        """Return where a score after so many corrections stands."""
        right = _LEFT + (_WIDTH - _LEFT - _RIGHT) * count / self.last
        return round(right, 1), round(_TOP + (_HEIGHT - _TOP - _BOTTOM) * (self.high - score) / (self.high - self.low), 1)


def _grid(frame: _Frame, step: float) -> Iterator[str]:
    """Yield the lines of the grid with their figures, and the time in which the poisoned reviewer sends."""
    (left, top), (right, bottom) = frame.place(POISONED.start * BATCH, frame.high), frame.place(POISONED.stop * BATCH, frame.low)
    yield f'<rect x="{left}" y="{top}" width="{right - left:.1f}" height="{bottom - top:.1f}" fill="#f2ead8"/>'
    yield f'<text x="{(left + right) / 2:.1f}" y="{top + 16}" text-anchor="middle" font-size="12">{_POISON}</text>'
    for number in range(round((frame.high - frame.low) / step) + 1):
        score = frame.low + step * number
        (left, y), (right, _) = frame.place(0, score), frame.place(frame.last, score)
        yield f'<path d="M{left} {y}H{right}" stroke="#cccccc" stroke-width="0.7"/>'
        yield f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{score:.2f}</text>'
    for count in range(0, frame.last + 1, _EVERY):
        x, y = frame.place(count, frame.low)
        yield f'<text x="{x}" y="{y + 20}" text-anchor="middle">{count:,}</text>'


def _single(frame: _Frame, years: Years) -> Iterator[str]:
    """Yield the lines of each year, with a triangle where the gate let a model read."""
    for points in years.points.values():
        for name in _COLOURS:
            yield _line(frame, [(point.corrections, getattr(point, f"{name}_f1")) for point in points], name, 'stroke-width="1" opacity="0.3"')
        for x, y in (frame.place(point.corrections, point.gated_f1) for point in points if point.allowed):
            yield f'<path d="M{x - 5:.1f} {y + 4:.1f}h10l-5 -9z" fill="{_COLOURS["gated"]}" opacity="0.6"/>'


def _line(frame: _Frame, pairs: Sequence[tuple[int, float]], name: str, style: str) -> str:
    dots = " ".join(f"{x},{y}" for x, y in (frame.place(*pair) for pair in pairs))
    return f'<polyline points="{dots}" fill="none" stroke="{_COLOURS[name]}" {style}/>'


def _head(years: Years) -> str:
    count, free, gated = years.means[-1]
    told = f"เริ่มที่ {years.means[0][1]:.3f} หลังตรวจแก้ {count:,} แห่ง ไม่มีด่าน {free:.3f} มีด่าน {gated:.3f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" lang="th" '
        "font-family=\"Sarabun, 'Noto Sans Thai', 'Leelawadee UI', Thonburi, sans-serif\" font-size=\"13\">\n"
        f"<title>{_TITLE}</title>\n<desc>{told}</desc>\n"
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>\n<text x="{_LEFT}" y="26" font-size="16">{_TITLE}</text>\n'
        f'<text x="{_LEFT - 8}" y="{_TOP - 8}" text-anchor="end">F1</text>'
    )


def _legend(count: int) -> Iterator[str]:
    """Yield what the lines are, below the picture."""
    yield f'<text x="{(_WIDTH + _LEFT) / 2}" y="{_HEIGHT - 46}" text-anchor="middle">จำนวนการตรวจแก้</text>'
    left = _LEFT
    for name, dashes in _DASHES.items():
        yield f'<path d="M{left} {_HEIGHT - 20}h34" stroke="{_COLOURS[name]}" stroke-width="2.6" {dashes}/>'
        yield f'<text x="{left + 42}" y="{_HEIGHT - 16}">{_NAMES[name]}</text>'
        left += 240
    yield f'<text x="{left}" y="{_HEIGHT - 16}">เส้นบาง: แต่ละปี ({count}) ▲ ผ่านด่าน</text>'
