from circle.admin import calendar, facilities, feedback, notices, people, places

__all__ = ["calendar", "facilities", "feedback", "notices", "people", "places"]
