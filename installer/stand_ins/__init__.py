"""What stands in the frozen program for the bindings of OpenGL, 9 MB which our charts never draw with."""
