"""Before the program: take out of the environment what only finding its own libraries needed.

The executable of PyInstaller sets these for itself. Programs that ours starts (the settings of a desktop, a browser)
would otherwise load our libraries in place of theirs.
"""

import os

_given = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _given is not None:
    os.environ["LD_LIBRARY_PATH"] = _given
else:
    os.environ.pop("LD_LIBRARY_PATH", None)
for _name in [name for name in os.environ if name.startswith("_PYI_")]:
    del os.environ[_name]  # else another start of ours would take itself for a part of this one
