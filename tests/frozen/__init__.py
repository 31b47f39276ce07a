"""The frozen program in ``dist``, tried as a process: nothing of the Python that made it is within reach."""
