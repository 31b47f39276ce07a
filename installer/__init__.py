"""What goes around the program: the frozen folder, and the packages made of it for each system."""
