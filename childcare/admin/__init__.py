from childcare.admin import applications, classes

__all__ = ["applications", "classes"]
