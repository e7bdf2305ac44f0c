"""Working days and due dates, opening hours, and the legal parameters in force on a day."""
