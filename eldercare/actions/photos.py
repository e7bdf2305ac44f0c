"""The photo of a member of the care team, on the page itself: it has no address that others could open."""

import base64

PHOTO_SIDE = 240  # pixels; some ten kilobytes


def photo_uri(photo: bytes | memoryview | None) -> str:
    """For the `src` of a picture; empty without a photo."""
    return f"data:image/webp;base64,{base64.b64encode(photo).decode()}" if photo else ""
