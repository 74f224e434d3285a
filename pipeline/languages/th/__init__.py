"""Thai: spelling repair, words, cues, borders, days, names. What others ask of it is listed in `pipeline.languages`."""
