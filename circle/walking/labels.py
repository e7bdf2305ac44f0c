"""Boxes and lines of text on a drawing, as wide as they will be."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from circle.walking.polar import CENTRE

WIDTH, HEIGHT = 358.0, 372.0
SIGN_SIZE, TEXT_SIZE, LINE = 17.0, 14.0, 17.0
GAP = 2.5


class Box(NamedTuple):
    """An upright rectangle round the point (x, y)."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        return round(self.x - self.width / 2, 1)

    @property
    def top(self) -> float:
        return round(self.y - self.height / 2, 1)

    def moved(self, x: float, y: float) -> "Box":
        return Box(round(self.x + x, 1), round(self.y + y, 1), self.width, self.height)

    def is_in_view(self) -> bool:
        across, down = (WIDTH - self.width) / 2 - 1, (HEIGHT - self.height) / 2 - 1
        return abs(self.x - WIDTH / 2) <= across and abs(self.y - HEIGHT / 2) <= down

    def from_centre(self) -> float:
        """Distance from the middle of the picture to the nearest point of the box."""
        across = max(abs(self.x - CENTRE[0]) - self.width / 2, 0)
        return math.hypot(across, max(abs(self.y - CENTRE[1]) - self.height / 2, 0))

    def is_clear(self, others: Sequence["Box"], gap: float = GAP) -> bool:
        """Whether the box has at least `gap` to all others; a plain loop, since it is called most often."""
        x, y, wide, high = self.x, self.y, self.width / 2 + gap, self.height / 2 + gap
        for other_x, other_y, width, height in others:
            if abs(x - other_x) < wide + width / 2 and abs(y - other_y) < high + height / 2:
                return False
        return True


class Text(NamedTuple):
    """One line of text, centred in its box."""

    words: str
    box: Box

    def moved(self, x: float, y: float) -> "Text":
        return Text(self.words, self.box.moved(x, y))


def text_line(words: str, x: float = 0, y: float = 0) -> Text:
    return Text(words, Box(round(x, 1), round(y, 1), text_width(words), LINE))


def text_width(words: str) -> float:
    """An estimate: a Chinese or full-width character takes 1 em, any other 0.58 em."""
    return round(TEXT_SIZE * sum(1 if ord(char) >= 0x2E80 else 0.58 for char in words), 1)
