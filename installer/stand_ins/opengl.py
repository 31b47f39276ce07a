"""Stands for ``PySide6.QtOpenGL``: pyqtgraph imports it and looks into it only when it draws with OpenGL."""
