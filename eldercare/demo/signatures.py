"""A scrawl as an elder might draw it with a finger."""

import random
from io import BytesIO

from PIL import Image, ImageDraw

from circle.images.drawings import png_uri


def a_signature(number: int) -> str:
    """For each number the same one."""
    chance = random.Random(number)  # noqa: S311 - a demo, no secret
    picture = Image.new("L", (600, 240), 255)
    points = [(60 + 40 * number, chance.randint(60, 180)) for number in range(13)]
    ImageDraw.Draw(picture).line(points, fill=0, width=5, joint="curve")
    out = BytesIO()
    picture.save(out, "PNG")
    return png_uri(out.getvalue())
