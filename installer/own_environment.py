"""Before the program: an environment as Python has it from source, without what only finding its libraries needed.

The executable of PyInstaller sets these for itself. Programs that ours starts (the settings of a desktop, a browser)
would otherwise load our libraries in place of theirs.
"""

import os
import sys

_given = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _given is not None:
    os.environ["LD_LIBRARY_PATH"] = _given
else:
    os.environ.pop("LD_LIBRARY_PATH", None)
for _name in [name for name in os.environ if name.startswith("_PYI_")]:
    del os.environ[_name]  # else another start of ours would take itself for a part of this one

_known = next((os.environ[_name] for _name in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(_name)), "C")
if sys.platform == "linux" and _known in ("C", "POSIX") and not os.environ.get("LC_ALL"):
    os.environ["LC_CTYPE"] = "C.UTF-8"  # as Python does for itself and what it starts (PEP 538), but not when frozen
