"""Places and streets from files: read whole, checked row by row, taken in one transaction or not at all."""
