"""What is booked: limited capacity, slots, one effect per submission, steps from status to status."""
