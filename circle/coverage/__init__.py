"""Coverage: how complete a community's circle is, the tables of it, and what a new place would change."""
