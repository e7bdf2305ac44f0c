from eldercare.admin.canteen import menus, orders

__all__ = ["menus", "orders"]
