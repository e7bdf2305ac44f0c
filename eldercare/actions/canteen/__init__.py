"""The canteen: its menu and what is ordered from it."""

from eldercare.actions.canteen.cut_offs import align_cut_offs, cut_offs
from eldercare.actions.canteen.menus import copy_week, move_portions, write_menu

__all__ = ["align_cut_offs", "copy_week", "cut_offs", "move_portions", "write_menu"]
