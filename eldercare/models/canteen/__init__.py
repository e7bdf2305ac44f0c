from eldercare.models.canteen.menus import Allergen, Dish, Meal, MenuDay, Portion, Variant, Way

__all__ = ["Allergen", "Dish", "Meal", "MenuDay", "Portion", "Variant", "Way"]
