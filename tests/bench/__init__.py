"""Measures what design and docs promise of CoachDesk's speed, each figure beside a yardstick of the same run."""
