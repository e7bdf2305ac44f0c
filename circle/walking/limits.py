"""How far the circle reaches, in minutes on foot. Code and texts read it here and nowhere else.

The tables of coverage have a column for each tier (`residents_15` …): another number needs a migration there.
"""

LIMIT_MINUTES = 15
TIERS = (5, 10, LIMIT_MINUTES)
