"""Search: the site search of visitors, and the lookup of residents by staff."""
