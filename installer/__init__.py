"""What goes around the program: the frozen folder, and the packages made of it for each system."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
"""The source."""
ARCHIVE_MIME = "application/x-coachdesk-archive"
"""What systems are told that an archive is."""
