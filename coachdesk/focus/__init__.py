"""Focus mode: quieten the computer for a session, never disturb the call, always put everything back."""
