"""Around the views: middleware, template context, page cache, rate limits, preferences, export formats."""
