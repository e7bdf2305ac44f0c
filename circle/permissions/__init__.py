"""Who may do what: sign-in methods, acting on somebody's behalf, handover of open work."""
