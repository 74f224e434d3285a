"""The plots of a model's card: how far its confidence can be believed, how well it reads each label, and how it grew with the corpus.

Comes in: a card. Goes out: SVG files beside it, by their titles. Refuses nothing: without matplotlib, which only training needs, there are
none, and the card says its figures in words alone.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_SIZE = (5.2, 3.4)  # inches
_COLOURS = {"lesson": "#1b6e3c", "issue": "#a3341f", "action": "#1c4f8f", "any": "#555555"}


def draw(card: dict[str, Any], folder: Path) -> dict[str, str]:
    """Write the plots and return the name of each file by its title."""
    if not find_spec("matplotlib"):
        return {}
    import matplotlib as mpl

    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = card["id"]  # the same figures give the same file
    mpl.rcParams["svg.fonttype"] = "path"
    plots = {"Confidence against truth": ("reliability.svg", _reliability), "F1 by label": ("labels.svg", _labels)}
    if card["study"]:
        plots["Learning curve"] = ("curve.svg", _curve)
    for name, plot in plots.values():
        _save(plot, card, folder / name)
    return {title: name for title, (name, _) in plots.items()}


def _save(plot: Any, card: dict[str, Any], file: Path) -> None:  # noqa: ANN401 - a function of this file
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=_SIZE, layout="constrained")
    plot(axes, card)
    axes.grid(alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(file, metadata={"Date": None})
    plt.close(figure)


def _reliability(axes: Any, card: dict[str, Any]) -> None:  # noqa: ANN401 - matplotlib's types are not at hand everywhere
    bins = card["test"]["bins"]
    axes.plot([0, 1], [0, 1], color="#999999", linewidth=1)
    axes.plot([one["confidence"] for one in bins], [one["right"] for one in bins], marker="o", color=_COLOURS["action"])
    for one in bins:
        axes.annotate(str(one["count"]), (one["confidence"], one["right"]), textcoords="offset points", xytext=(6, -12), fontsize=8)
    axes.set(xlabel="confidence of a passage", ylabel="share with the right label", xlim=(0, 1), ylim=(0, 1))


def _labels(axes: Any, card: dict[str, Any]) -> None:  # noqa: ANN401
    readers = card["test"]["readers"]
    width = 0.8 / len(readers)
    for number, (kind, scores) in enumerate(readers.items()):
        places = [place + number * width - 0.4 + width / 2 for place in range(len(_COLOURS))]
        heights = [scores["passages"][label]["f1"] for label in _COLOURS]
        axes.bar(places, heights, width, label=kind, alpha=1 - 0.3 * number, color=list(_COLOURS.values()))
    axes.set(ylabel="F1 of whole passages", ylim=(0, 1), xticks=range(len(_COLOURS)), xticklabels=list(_COLOURS))
    axes.legend(frameon=False, title="reader")


def _curve(axes: Any, card: dict[str, Any]) -> None:  # noqa: ANN401
    curve = card["study"]["curve"]
    posts = [row["posts"] for row in curve]
    axes.plot(posts, [row["character_f1"] for row in curve], marker="o", color=_COLOURS["lesson"], label="characters")
    axes.plot(posts, [row["passage_f1"] for row in curve], marker="s", color=_COLOURS["action"], label="whole passages")
    axes.set(xlabel="posts learnt from", ylabel="macro F1 on the frozen test")
    axes.legend(frameon=False)
