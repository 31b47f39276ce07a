"""Tests of what Qt does not give of the computer, and of real daemons, browsers and screens."""
