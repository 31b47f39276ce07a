"""The few windows in front of the window."""
