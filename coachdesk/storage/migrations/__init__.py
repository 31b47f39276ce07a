"""Every form the records ever had, one hand-written revision per file; none imports today's tables."""
