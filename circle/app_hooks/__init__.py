"""What circle itself gives to the hook table, one module for each kind of hook."""
