"""Thai: spelling repair, words, cues, borders.

To add a language: a folder beside this one with the same parts.
"""
