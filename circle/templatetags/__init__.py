"""Template tags and filters of circle."""
