"""The walking engine in plain Python, without Django: from OpenStreetMap to walking times and drawings."""
