"""Stands for ``PySide6.QtOpenGLWidgets``: pyqtgraph derives from its widget, and makes one only to draw with OpenGL."""

from PySide6.QtWidgets import QWidget as QOpenGLWidget

__all__ = ["QOpenGLWidget"]
