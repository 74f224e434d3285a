"""The language of the posts, as the rest of the house asks for it: words, days, names, cues, and where a text may be cut.

Comes in: nothing. Goes out: what the folder of the language offers; there is one, ``th``, and a second is chosen here. Refuses nothing.
Only who reads sentences by rules of its own (`nlp`, `threads`, `registers`, `events`, `privacy`) names the folder itself, since those rules are
written for one language as well (``docs/decisions/0050-where-the-language-is-named.md``).
"""

from pipeline.languages.th.clusters import is_inside, nearest_border
from pipeline.languages.th.cues import Cue, cue_set, find_cues
from pipeline.languages.th.dates import Dated, find_dates
from pipeline.languages.th.dates.calendar import BUDDHIST_ERA, middle_day
from pipeline.languages.th.lines import cells, flowed, is_parted, leading_titles, pieces
from pipeline.languages.th.names import agencies, find_names, full_name, role_in, titles
from pipeline.languages.th.persons import Person, private_names
from pipeline.languages.th.places import find_places
from pipeline.languages.th.rarity import counted
from pipeline.languages.th.rules import rules_hash
from pipeline.languages.th.short_forms import short_forms_in
from pipeline.languages.th.small_talk import is_small_talk
from pipeline.languages.th.speech import people_in
from pipeline.languages.th.spelling import REPAIRS, Repair, needs_repair
from pipeline.languages.th.tokens import ENGINE, known_words, stop_words, words_of
from pipeline.languages.th.venues import Level, level_of

__all__ = [
    "BUDDHIST_ERA",
    "ENGINE",
    "REPAIRS",
    "Cue",
    "Dated",
    "Level",
    "Person",
    "Repair",
    "agencies",
    "cells",
    "counted",
    "cue_set",
    "find_cues",
    "find_dates",
    "find_names",
    "find_places",
    "flowed",
    "full_name",
    "is_inside",
    "is_parted",
    "is_small_talk",
    "known_words",
    "leading_titles",
    "level_of",
    "middle_day",
    "nearest_border",
    "needs_repair",
    "people_in",
    "pieces",
    "private_names",
    "role_in",
    "rules_hash",
    "short_forms_in",
    "stop_words",
    "titles",
    "words_of",
]
