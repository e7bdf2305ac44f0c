"""Sign-in: allauth's adapters and forms, the second factor, sessions, password rules, WeChat."""
