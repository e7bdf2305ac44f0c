from eldercare.models.canteen.menus import Allergen, Dish, Meal, MenuDay, Portion, Variant, Way
from eldercare.models.canteen.orders import MealOrder, MealProfile
from eldercare.models.canteen.standing import MealPause, StandingDate, StandingOrder

__all__ = [
    "Allergen",
    "Dish",
    "Meal",
    "MealOrder",
    "MealPause",
    "MealProfile",
    "MenuDay",
    "Portion",
    "StandingDate",
    "StandingOrder",
    "Variant",
    "Way",
]
