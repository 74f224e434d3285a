"""Thai: spelling repair, words, cues."""
