from council.admin import bodies, meetings, minutes, topics

__all__ = ["bodies", "meetings", "minutes", "topics"]
