"""Checks of the single values of an import, each refused with a sentence."""

from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from circle.importing.readers import Row


def read_degrees(row: Row, name: str) -> Decimal:
    try:
        number = Decimal(row[name])
    except InvalidOperation as error:
        raise ValidationError(
            _("“%(text)s” is not a number of degrees."), code="not_a_number", params={"text": row[name]}
        ) from error
    if not number.is_finite() or abs(number) > 180:
        raise ValidationError(
            _("“%(text)s” is not a number of degrees."), code="not_a_number", params={"text": row[name]}
        )
    return number.quantize(Decimal("0.000001"))


class DuplicateCheck:
    """Refuses codes and names that occur twice, in the file or among existing places."""

    def __init__(self, known: dict[str, str]) -> None:
        self.names = {name: code for code, name in known.items()}
        self.rows: dict[str, int] = {}

    def check(self, number: int, row: Row) -> None:
        """Refuses: twice."""
        for value in (row["code"], row["name_zh"]):
            first = self.rows.setdefault(value, number)
            if first != number:
                raise ValidationError(
                    _("“%(text)s” stands in row %(row)s already."),
                    code="twice",
                    params={"text": value, "row": first},
                )
        if self.names.get(row["name_zh"], row["code"]) != row["code"]:
            raise ValidationError(
                _("There is a place of this name already: %(code)s."),
                code="twice",
                params={"code": self.names[row["name_zh"]]},
            )


def read_yes_no(text: str) -> bool:
    return text.strip().lower() in ("yes", "true", "1", "是", "y")


def read_whole_number(row: Row, name: str) -> int:
    text = row[name]
    if not text.isascii() or not text.isdigit():
        raise ValidationError(
            _("“%(text)s” is not a whole number."), code="not_a_number", params={"text": text}
        )
    return int(text)
