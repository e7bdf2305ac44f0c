"""Walking times between buildings and facilities: computed, cached, and what lies near a home."""
