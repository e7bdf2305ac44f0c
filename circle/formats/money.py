from decimal import Decimal

from django.utils.formats import number_format


def format_yuan(cents: int) -> str:
    """An amount of fen as people read it: 1,680 or 1,680.50."""
    if cents % 100:
        return number_format(Decimal(cents) / 100, 2, force_grouping=True)
    return number_format(cents // 100, force_grouping=True)
