"""Import of places and streets from files: read whole, checked row by row, stored all or none."""
