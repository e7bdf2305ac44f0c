from childcare.admin import applications, classes, days, rounds, visit_times, visits

__all__ = ["applications", "classes", "days", "rounds", "visit_times", "visits"]
