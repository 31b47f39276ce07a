"""The tests: the tree of coachdesk/ again."""
