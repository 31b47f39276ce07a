"""The coach's records: one file per noun, its table and its verbs together."""
