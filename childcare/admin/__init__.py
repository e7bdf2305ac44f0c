from childcare.admin import applications, classes, days

__all__ = ["applications", "classes", "days"]
