from eldercare.admin.canteen import menus

__all__ = ["menus"]
