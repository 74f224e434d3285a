"""The card of a model as a page in Markdown, for people.

Comes in: the card as data, and the names of its plots. Goes out: text. Refuses nothing. Every figure is one of the card.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.evaluate.errors import KINDS
from pipeline.labels import OTHER, label_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_QUOTE = 120  # characters of an error that are shown


def as_markdown(card: Mapping[str, Any], plots: Mapping[str, str]) -> str:
    """Return the card as a page."""
    test = card["test"]
    first = next(iter(test["readers"]))
    sections = [
        _head(card),
        f"## On {test['on']} ({test['posts']} posts)\n",
        _readers(test["readers"]),
        f"The full reader, by label:\n\n{_by_label(test['readers'][first])}",
        f"Pieces with perfect labels, the ceiling of the cutter:\n\n{_by_label(test['ceiling'])}",
        _calibration(test),
        *(f"![{title}]({file})\n" for title, file in plots.items()),
        "## Where it reads well and where not\n",
        *(_groups(name, test[f"by_{name}"]) for name in ("domain", "register", "voice")),
        _lengths(test["by_length"]),
        _confusion(test["confusion"]),
        _kinds(test["kinds"]),
        *([_study(card["study"])] if card["study"] else []),
        _worst(test["worst"]),
        _KNOWN,
    ]
    return "\n".join(sections)


def _head(card: Mapping[str, Any]) -> str:
    data = card["data"]
    told = [
        f"{name}: {row['posts']} posts, {row['passages']:,} passages; writers {', '.join(row['writers'])} (hash {row['hash']})"
        for name, row in data.items()
    ]
    words = card["words"] and (
        f"A tagger (convolutions and one recurrent layer over the pretrained words {card['words']['id']}) says of each word whether it begins or "
        "continues a passage; "
    )
    return (
        f"# Model {card['id']}\n\nLabels passages of Thai project blog posts as lesson, issue or action. {words or ''}"
        "a cutter weighs the gaps between stretches of prose and takes the best division of each line; a linear classifier sees words, strings of "
        "characters, cue words by discourse function, and its place"
        f"{'; a stack weighs both and gives calibrated probabilities' if card['words'] else ''}."
        f"{_deep(card['deep']['id']) if card['deep'] else ''}\n\n" + "\n".join(f"- {line}" for line in told) + "\n"
    )


def _deep(network: str) -> str:
    return f" The reader `deep` has the network {network} in the tagger's place, with borders and stack of its own."


def _readers(readers: Mapping[str, Any]) -> str:
    rows = [
        f"| {kind} | {_with_interval(row, 'character')} | {_with_interval(row, 'passage')} | {_any(row, 'characters')} | {_any(row, 'passages')} |"
        for kind, row in readers.items()
    ]
    head = "| reader | macro F1, characters | macro F1, whole passages | any label, characters | any label, passages |"
    return "\n".join([head, "| --- | ---: | ---: | ---: | ---: |", *rows, "", "In brackets: 95 % intervals by drawing posts.", ""])


def _any(row: Mapping[str, Any], kind: str) -> str:
    return f"{row[kind]['any']['f1']:.3f}"


def _with_interval(row: Mapping[str, Any], kind: str) -> str:
    low, high = row[f"{kind}_interval"]
    return f"{row[f'{kind}_f1']:.3f} ({low:.3f}–{high:.3f})"


def _by_label(scores: Mapping[str, Any]) -> str:
    lines = ["| label | char P | R | F1 | span P | R | F1 | marked |", "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]
    for label in (*label_ids(), "any"):
        figures = [scores[kind][label][name] for kind in ("characters", "passages") for name in ("precision", "recall", "f1")]
        lines.append(f"| {label} | {' | '.join(f'{figure:.3f}' for figure in figures)} | {scores['gold'][label]:,} |")
    return "\n".join([*lines, ""])


def _calibration(test: Mapping[str, Any]) -> str:
    return f"Expected calibration error of the confidence of a passage: {test['calibration_error']:.3f}.\n"


def _groups(name: str, groups: Mapping[str, Any]) -> str:
    lines = [f"| by {name} | marked | macro F1, characters | macro F1, whole passages |", "| --- | ---: | ---: | ---: |"]
    lines += [f"| {group} | {row['gold']['any']:,} | {row['character_f1']:.3f} | {row['passage_f1']:.3f} |" for group, row in groups.items()]
    return "\n".join([*lines, ""])


def _lengths(groups: Mapping[str, Any]) -> str:
    lines = ["| by length, in characters | marked | of these found | given | of these right |", "| --- | ---: | ---: | ---: | ---: |"]
    lines += [f"| {name} | {row['marked']:,} | {row['found']:,} | {row['given']:,} | {row['right']:,} |" for name, row in groups.items()]
    return "\n".join([*lines, ""])


def _confusion(table: Mapping[str, Mapping[str, int]]) -> str:
    names = [*label_ids(), OTHER]
    lines = [f"| marked as, in characters | {' | '.join(f'found {name}' for name in names)} |", "| --- " + "| ---: " * len(names) + "|"]
    lines += [f"| {gold} | {' | '.join(f'{table[gold][name]:,}' for name in names)} |" for gold in names]
    return "\n".join([*lines, ""])


def _kinds(kinds: Mapping[str, int]) -> str:
    told = ", ".join(f"{kind} {kinds[kind]:,}" for kind in KINDS)
    return f"Of the marked passages, by what became of them, and passages found where nothing is marked: {told}.\n"


def _study(study: Mapping[str, Any]) -> str:
    lines = ["## What each part gains\n", "| reader | macro F1, characters | macro F1, whole passages | speed beside the full reader |"]
    lines.append("| --- | ---: | ---: | ---: |")
    lines += [f"| {row['name']} | {row['character_f1']:.3f} | {row['passage_f1']:.3f} | {_speed(row['speed'])} |" for row in study["ablation"]]
    lines += ["", "| learnt from | posts | macro F1, characters | macro F1, whole passages |", "| --- | ---: | ---: | ---: |"]
    lines += [f"| {row['writers']} writers | {row['posts']} | {row['character_f1']:.3f} | {row['passage_f1']:.3f} |" for row in study["curve"]]
    lines += ["", _OF_CURVE]
    return "\n".join([*lines, ""])


def _speed(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.2f}"


def _worst(errors: list[Mapping[str, Any]]) -> str:
    return "\n".join(["## The worst errors\n", *_worst_lines(errors), ""])


def _worst_lines(errors: list[Mapping[str, Any]]) -> Iterator[str]:
    for error in errors:
        quote = error["quote"].replace("\n", " ")
        short = quote if len(quote) <= _QUOTE else f"{quote[:_QUOTE]}…"
        why = f" · because of {', '.join(error['why'])}" if error["why"] else ""
        yield f"- {error['kind']}: marked {error['gold']}, found {error['found']} ({error['confidence']:.2f}) in {error['source']}: “{short}”{why}"


_OF_CURVE = (
    "All of them begin with the network that was taught before, by teachers who knew all teaching writers: the curve is of what is learnt beside it."
)

_KNOWN = """## Known failures

- Issues told without problem words are taken for lessons or missed; it is the weakest label.
- Narration with a date is taken for an action; plans told as the state of an area are missed.
- The corpus is of our own writing: posts of strangers differ from it more than its writers differ from each other.

Rebuild it with `make model`; the same corpus gives the same id.
"""
