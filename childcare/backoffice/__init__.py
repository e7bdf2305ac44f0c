"""The desks of the nursery: the head's with the applications, and that of a class with its day."""
