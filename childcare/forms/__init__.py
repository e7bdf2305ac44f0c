"""The nursery's forms: of an application, and of a child's day in its class."""
