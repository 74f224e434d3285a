"""The spaCy pipeline: passages, cues, labels, voice, actions; one component a file."""
