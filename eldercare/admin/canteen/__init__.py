from eldercare.admin.canteen import menus, money, orders

__all__ = ["menus", "money", "orders"]
