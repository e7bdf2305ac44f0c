"""The canteen: its menu and what is ordered from it."""

from eldercare.actions.canteen.carrying_over import carry_requests_over
from eldercare.actions.canteen.charges import charge_day, charge_due, correct_month
from eldercare.actions.canteen.cut_offs import align_cut_offs, cut_offs
from eldercare.actions.canteen.giving_up import cancel_meals_of_dead, give_up_meal, revoke_meal
from eldercare.actions.canteen.handing_over import hand_over_meal, miss_meal
from eldercare.actions.canteen.menus import copy_week, move_portions, write_menu
from eldercare.actions.canteen.orders import order_meal
from eldercare.actions.canteen.profiles import MealWish, note_meal_profile
from eldercare.actions.canteen.standing import (
    end_standing,
    end_standing_of_dead,
    order_standing,
    pause_standing,
    resume_standing,
    settle_date,
)
from eldercare.actions.canteen.standing_clock import forget_old_dates, lay_out_meals

__all__ = [
    "MealWish",
    "align_cut_offs",
    "cancel_meals_of_dead",
    "carry_requests_over",
    "charge_day",
    "charge_due",
    "copy_week",
    "correct_month",
    "cut_offs",
    "end_standing",
    "end_standing_of_dead",
    "forget_old_dates",
    "give_up_meal",
    "hand_over_meal",
    "lay_out_meals",
    "miss_meal",
    "move_portions",
    "note_meal_profile",
    "order_meal",
    "order_standing",
    "pause_standing",
    "resume_standing",
    "revoke_meal",
    "settle_date",
    "write_menu",
]
