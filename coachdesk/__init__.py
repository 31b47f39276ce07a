"""CoachDesk: presence in the session, confidentiality of the records, kept promises between sessions."""

NAME = "CoachDesk"
__version__ = "0.1.0"
