"""In and out: what leaves CoachDesk because the coach hands it out, and what comes in; one format per file."""
