"""A signature drawn on the glass: a small black and white PNG, made anew from what the browser sent."""

import base64
import binascii
import struct
import zlib
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image

PREFIX = "data:image/png;base64,"
MOST_CHARACTERS = 200_000  # of the text that the browser sends; a signature takes some ten thousand
MOST_PIXELS = 2_000_000  # looked at before anything is unpacked
SIDES = (600, 300)  # of what is stored
LEAST_INK = 60  # dark pixels; a tap by mistake is a dot
LEAST_WIDTH = 24  # pixels from the first to the last of them
MOST_INK = 0.5  # of all pixels
DARK = 128


def safe_drawing(sent: str) -> bytes:
    """The PNG of what was drawn, without anything else that the file carried.

    `sent`: a data URL. Refuses: drawing_missing (nothing sent, or too little ink), drawing_too_large,
    drawing_type (no still PNG, or damaged; or more ink than paper).
    """
    if not sent:
        raise missing_drawing()
    if len(sent) > MOST_CHARACTERS:
        raise ValidationError(_("The drawing is too large. Please sign once more."), code="drawing_too_large")
    drawing = read_ink(sent)
    box = drawing.getbbox()
    ink = drawing.histogram()[255]
    if box is None or ink < LEAST_INK or box[2] - box[0] < LEAST_WIDTH:
        raise missing_drawing()
    if ink > MOST_INK * drawing.width * drawing.height:
        raise wrong_drawing()
    drawing.thumbnail(SIDES)
    out = BytesIO()
    drawing.point(lambda value: 0 if value >= DARK else 255).convert("1").save(out, "PNG", optimize=True)
    return out.getvalue()


def read_ink(sent: str) -> Image.Image:
    """White where it is dark, on black; what is transparent counts as paper."""
    try:
        file = BytesIO(base64.b64decode(sent.removeprefix(PREFIX), validate=True))
        original = Image.open(file, formats=("PNG",))
        if original.width * original.height > MOST_PIXELS or getattr(original, "n_frames", 1) > 1:
            raise wrong_drawing()
        picture = original.convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise wrong_drawing() from error
    except (binascii.Error, OSError, SyntaxError, ValueError, struct.error, zlib.error) as error:
        raise wrong_drawing() from error
    paper = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(paper, picture).convert("L")
    return grey.point(lambda value: 255 if value < DARK else 0)


def missing_drawing() -> ValidationError:
    return ValidationError(_("Nothing is signed yet. Please sign in the box."), code="drawing_missing")


def wrong_drawing() -> ValidationError:
    return ValidationError(
        _("The drawing cannot be read. Sign once more, or choose paper or the call back."),
        code="drawing_type",
    )


def png_uri(image: bytes | memoryview) -> str:
    """For the `src` of a picture."""
    return f"{PREFIX}{base64.b64encode(image).decode()}"
