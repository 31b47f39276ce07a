"""Hours of sessions, one after the other on a faster clock, in the real program: what grows that should not?"""
