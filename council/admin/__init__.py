from council.admin import action_items, bodies, meetings, minutes, topics

__all__ = ["action_items", "bodies", "meetings", "minutes", "topics"]
