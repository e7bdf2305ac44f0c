from childcare.admin import applications, classes, days, rounds

__all__ = ["applications", "classes", "days", "rounds"]
