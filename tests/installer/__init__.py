"""What goes around the frozen program, as far as it can be tried without one."""
