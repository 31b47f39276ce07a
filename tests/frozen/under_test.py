"""``python -m MODULE ARGUMENTS`` inside the frozen program; the executable made of it is never shipped."""

import runpy
import sys

if __name__ == "__main__":
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
