"""The secretary's desk: which step of a meeting is next, what can be done now, and the forms for it."""
