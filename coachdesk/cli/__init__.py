"""The command line: one file per noun, each verb the same function that the window calls."""
