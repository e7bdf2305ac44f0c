"""Uploaded photos made safe: one still picture, re-encoded, without metadata, under a random name."""

import secrets
import struct
import warnings
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 25_000_000  # a 13,000² PNG of 20 KB unpacks to 800 MB
MAX_SIDE = 1600
FORMATS = ("JPEG", "PNG", "WEBP")


def safe_photo(upload: UploadedFile, side: int = MAX_SIDE) -> ContentFile:
    """The photo as WebP of at most so many pixels a side.

    Refuses with ValidationError: photo_too_large (bytes), photo_type (not JPEG, PNG or WebP, or damaged),
    photo_too_many_pixels (decompression bomb), photo_animated (more than one frame).
    """
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(
            _("The photo is larger than 5 MB. Choose a smaller one."), code="photo_too_large"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            original = Image.open(upload, formats=FORMATS)
            _check(original)
            picture = ImageOps.exif_transpose(original).convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except (
        OSError,
        SyntaxError,
        TypeError,
        ValueError,
        struct.error,
    ) as error:  # all that Pillow raises for damaged files
        raise ValidationError(
            _("This is not a photo that we can read. Choose a JPEG, PNG or WebP file."), code="photo_type"
        ) from error
    picture.thumbnail((side, side))
    out = BytesIO()
    picture.save(out, "WEBP", quality=82, exif=b"", icc_profile=None)
    return ContentFile(out.getvalue(), name=f"{secrets.token_hex(12)}.webp")


def _check(picture: Image.Image) -> None:
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_many_pixels()
    if getattr(picture, "n_frames", 1) > 1:
        raise ValidationError(_("Moving pictures cannot be used. Choose a photo."), code="photo_animated")


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("The photo has more than 25 million pixels. Make it smaller and try again."),
        code="photo_too_many_pixels",
    )
