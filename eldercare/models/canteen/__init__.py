from eldercare.models.canteen.menus import Allergen, Dish, Meal, MenuDay, Portion, Variant, Way
from eldercare.models.canteen.money import MealCharge, MealSubsidy
from eldercare.models.canteen.orders import MealOrder, MealProfile
from eldercare.models.canteen.standing import MealPause, StandingDate, StandingOrder

__all__ = [
    "Allergen",
    "Dish",
    "Meal",
    "MealCharge",
    "MealOrder",
    "MealPause",
    "MealProfile",
    "MealSubsidy",
    "MenuDay",
    "Portion",
    "StandingDate",
    "StandingOrder",
    "Variant",
    "Way",
]
