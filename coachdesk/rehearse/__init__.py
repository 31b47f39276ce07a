"""Rehearsals: a whole session with made-up people in throw-away records, in no time or in the real window."""
