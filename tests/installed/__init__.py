"""The Debian package: checked as Debian checks packages, and installed in a clean Debian."""
