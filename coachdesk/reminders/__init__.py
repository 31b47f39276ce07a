"""What is due, and when: cues within a session, duties between sessions."""
