"""What circle itself gives to the hook table: personal data, and what `tick` runs."""
