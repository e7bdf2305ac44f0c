"""Draws a notice as a picture 1080 pixels wide, legible in a WeChat group without a tap."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import segno
from django.conf import settings
from django.test.signals import setting_changed
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

VERSION = 1  # part of the cache key: raise it with each change of the drawing
WIDTH, MARGIN = 1080, 72
BRAND, INK, GREY, PAPER = "#0b6157", "#1b1f1e", "#4a5351", "#ffffff"
MAX_LINES = 14
QR_SIZE = 264
# Where systems usually have a font with Chinese characters; PICTURE_FONT comes first.
KNOWN_FONTS = [
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msyh.ttc",
]
NOT_AT_LINE_START = set("，。、；：！？）》」』”’…,.;:!?)]%")
Font = ImageFont.FreeTypeFont


@cache
def font_file() -> tuple[str, int] | None:
    """A font with Chinese characters and the number of its face for simplified ones; None without any."""
    places = [settings.PICTURE_FONT, *KNOWN_FONTS] if settings.PICTURE_FONT else KNOWN_FONTS
    found = next((place for place in places if Path(place).is_file()), None)
    if found is None:
        return None
    for face in range(8):
        try:
            name, _style = ImageFont.truetype(found, 12, index=face).getname()
        except OSError:
            break
        if name and name.endswith((" SC", "GB")):
            return found, face
    return found, 0


def _clear_font_cache(*, setting: str, **kwargs: object) -> None:
    if setting == "PICTURE_FONT":
        font_file.cache_clear()


setting_changed.connect(_clear_font_cache)


def load_font(size: int) -> Font:
    found = font_file()
    if found is None:
        raise LookupError("no font with Chinese characters")
    return ImageFont.truetype(found[0], size, index=found[1])


def draw_poster(community: str, title: str, when: str, text: str, note: str, url: str) -> bytes:
    """PNG. A text that is too long ends with an ellipsis; the QR code leads to the whole of it."""
    lines = [*lay_out_lines(title, 68, INK), *lay_out_lines(when, 46, BRAND), *lay_out_lines(text, 42, INK)]
    head, foot = 150, QR_SIZE + 2 * MARGIN
    body = sum(line.height for line in lines)
    image = Image.new("RGB", (WIDTH, head + MARGIN + body + foot), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle([0, 0, WIDTH, head], fill=BRAND)
    pen.text((MARGIN, 46), community, font=load_font(52), fill=PAPER)
    y = head + MARGIN
    for line in lines:
        stroke = int(line.face.size > 60)
        pen.text((MARGIN, y), line.text, font=line.face, fill=line.colour, stroke_width=stroke)
        y += line.height
    draw_footer(image, pen, y + 12, note, url)
    buffer = io.BytesIO()
    image.quantize(64).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


@dataclass(frozen=True)
class Line:
    text: str
    face: Font
    colour: str
    gap: int  # below it

    @property
    def height(self) -> int:
        return round(self.face.size * 1.55) + self.gap


def lay_out_lines(text: str, size: int, colour: str) -> list[Line]:
    """Lines of the poster's width, at most MAX_LINES, with a gap after each paragraph."""
    face, lines = load_font(size), []
    for paragraph in text.splitlines():
        broken = list(break_lines(paragraph, face, WIDTH - 2 * MARGIN))
        lines += [Line(line, face, colour, 20 * (line is broken[-1])) for line in broken]
    if len(lines) <= MAX_LINES:
        return lines
    return [*lines[: MAX_LINES - 1], Line(f"{lines[MAX_LINES - 1].text[:-1]}…", face, colour, 20)]


def draw_footer(image: Image.Image, pen: ImageDraw.ImageDraw, y: int, note: str, url: str) -> None:
    pen.line([MARGIN, y, WIDTH - MARGIN, y], fill="#dedbd3", width=3)
    image.paste(qr_image(url), (MARGIN, y + 36))
    left = MARGIN + QR_SIZE + 40
    pen.text((left, y + 60), _("Scan to read all of it"), font=load_font(40), fill=INK)
    pen.text((left, y + 124), url.partition("//")[2], font=load_font(32), fill=GREY)
    if note:
        pen.text((left, y + 184), note, font=load_font(32), fill=GREY)


def qr_image(url: str) -> Image.Image:
    """With modules of a whole number of pixels, since cameras misread others."""
    code, buffer = segno.make(url, error="m", micro=False), io.BytesIO()
    code.save(buffer, kind="png", scale=QR_SIZE // code.symbol_size(border=2)[0], border=2)
    return Image.open(buffer).convert("RGB")


def break_lines(paragraph: str, face: Font, room: int) -> Iterator[str]:
    """Lines that fit: Chinese breaks between any two characters, other scripts between words."""
    line = ""
    for piece in split_pieces(paragraph):
        if not line or face.getlength(line + piece.rstrip()) <= room or piece in NOT_AT_LINE_START:
            line += piece
        else:
            yield line.rstrip()
            line = piece.lstrip()
    if line.strip():
        yield line.rstrip()


def split_pieces(text: str) -> Iterator[str]:
    word = ""
    for character in text:
        if character.isascii() and not character.isspace():
            word += character
            continue
        if word:
            yield word
            word = ""
        yield character
    if word:
        yield word
