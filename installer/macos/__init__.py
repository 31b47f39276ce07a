"""What macOS is told about the application."""
