import random
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageOps

from circle.images.uploads import MAX_BYTES, MAX_SIDE, safe_photo
from circle.models import Facility
from tests import make

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825
RED, BLUE = (200, 30, 30), (30, 30, 200)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n%%EOF\n"


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options) -> bytes:
    """The left half red, the right half blue."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, BLUE)]
    out = BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def snapshot(orientation: int = 1) -> bytes:
    """A JPEG as a phone takes it: with its maker, its orientation and the place."""
    exif = Image.Exif()
    exif[MAKER] = "Some phone"
    exif[ORIENTATION] = orientation
    exif[GPS] = {1: "N", 2: (26.0, 38.0, 49.0), 3: "E", 4: (106.0, 37.0, 35.0)}
    return picture(exif=exif)


def bomb(side: int = 13_000) -> bytes:
    out = BytesIO()
    Image.new("1", (side, side)).save(out, "PNG", optimize=True)
    return out.getvalue()


def upload(content: bytes, name: str = "photo.jpg", content_type: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type)


def opened(file) -> Image.Image:
    return Image.open(BytesIO(file.read()))


def refusal_of(content: bytes, name: str = "photo.jpg") -> str:
    with pytest.raises(ValidationError) as refusal:
        safe_photo(upload(content, name))
    return refusal.value.code


def is_red(pixel) -> bool:
    return pixel[0] > 150 > pixel[2]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photo_is_encoded_anew_as_webp(kind):
    safe = safe_photo(upload(picture(kind), f"holiday.{kind.lower()}"))
    image = opened(safe)
    assert (image.format, image.size, image.mode) == ("WEBP", (60, 40), "RGB")
    assert [is_red(image.getpixel(at)) for at in ((5, 20), (55, 20))] == [True, False]


def test_photo_gets_a_random_name():
    first, second = (safe_photo(upload(picture(), "../../wang's passport.jpg")).name for _ in range(2))
    assert first != second
    assert len(first) == len("0123456789abcdef01234567.webp")
    assert set(first.removesuffix(".webp")) <= set("0123456789abcdef")


def test_photo_loses_place_and_camera():
    assert dict(Image.open(BytesIO(snapshot())).getexif())[MAKER] == "Some phone"
    safe = safe_photo(upload(snapshot()))
    assert b"Some phone" not in safe.read()
    safe.seek(0)
    assert dict(opened(safe).getexif()) == {}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photo_is_turned_as_its_camera_was_held(orientation):
    upright = ImageOps.exif_transpose(Image.open(BytesIO(snapshot(orientation)))).convert("RGB")
    image = opened(safe_photo(upload(snapshot(orientation))))
    corners = [(2, 2), (upright.width - 3, upright.height - 3)]
    assert image.size == upright.size == ((60, 40) if orientation < 5 else (40, 60))
    assert [is_red(image.getpixel(at)) for at in corners] == [is_red(upright.getpixel(at)) for at in corners]


def test_large_photo_is_made_smaller_in_proportion():
    assert opened(safe_photo(upload(picture(size=(3200, 800))))).size == (MAX_SIDE, MAX_SIDE // 4)


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGBA", "PNG"), ("P", "PNG"), ("L", "JPEG"), ("CMYK", "JPEG"), ("I;16", "PNG")]
)
def test_photo_of_any_colour_mode_becomes_rgb(mode, kind):
    out = BytesIO()
    Image.new(mode, (30, 30)).save(out, kind)
    assert opened(safe_photo(upload(out.getvalue()))).mode == "RGB"


def test_photo_over_five_megabytes_is_refused():
    assert refusal_of(picture() + b"\0" * MAX_BYTES) == "photo_too_large"


def test_photo_of_just_five_megabytes_is_taken():
    content = picture()
    assert safe_photo(upload(content + b"\0" * (MAX_BYTES - len(content)))).size > 0


@pytest.mark.parametrize("side", [5_001, 9_500, 13_000])
def test_decompression_bomb_is_refused(side):
    """Under the library's own warning, over it, and over its error: tiny files all of them."""
    content = bomb(side)
    assert len(content) < 100_000
    assert refusal_of(content, "bomb.png") == "photo_too_many_pixels"


@pytest.mark.parametrize(
    ("kind", "code"), [("GIF", "photo_type"), ("WEBP", "photo_animated"), ("PNG", "photo_animated")]
)
def test_moving_picture_is_refused(kind, code):
    assert refusal_of(moving(kind)) == code


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drawing.svg", SVG),
        ("drawing.png", SVG),
        ("page.eps", EPS),
        ("page.jpg", EPS),
        ("page.jpg", b"<html><script>alert(1)</script></html>"),
        ("note.webp", "只是文字".encode()),
        ("photo.jpg", b"\xff\xd8\xff\xe0 not a photo after all"),
        ("photo.bmp", picture("BMP")),
        ("photo.tiff", picture("TIFF")),
        ("photo.png", b"\x89PNG\r\n\x1a\n"),
        ("cut.jpg", picture(size=(600, 400))[:1500]),
        ("cut.png", picture("PNG", size=(600, 400))[:200]),
        ("cut.webp", picture("WEBP", size=(600, 400))[:200]),
        ("empty.jpg", b""),
    ],
)
def test_what_is_no_photo_is_refused(name, content):
    assert refusal_of(content, name) == "photo_type"


def test_script_behind_a_photo_is_lost():
    safe = safe_photo(upload(picture() + b"<script>alert(1)</script>"))
    assert b"<script>" not in safe.read()


@pytest.mark.filterwarnings("ignore::UserWarning")  # the library grumbles about damaged EXIF
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_damaged_photo_is_taken_or_refused_but_never_an_error(kind):
    chance = random.Random(kind)
    whole = bytearray(picture(kind, exif=Image.open(BytesIO(snapshot(6))).getexif()))
    for _ in range(150):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            content[chance.randrange(min(len(content), 300))] = chance.randrange(256)
        try:
            safe_photo(upload(bytes(content)))
        except ValidationError as refusal:
            assert refusal.code in ("photo_type", "photo_too_many_pixels", "photo_animated")  # noqa: PT017


# Through the back office ------------------------------------------------------------------------------------


def test_admin_keeps_the_safe_photo_and_not_the_one_sent(director_client, facility_post, media):
    sent = facility_post(photo=upload(snapshot(6), "IMG_20261123.jpg"))
    assert director_client.post(reverse("admin:circle_facility_add"), sent).status_code == 302
    [stored] = [path for path in media.rglob("*") if path.is_file()]
    place = Facility.objects.get()
    assert place.photo.name == f"facilities/{stored.name}"
    with Image.open(stored) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("WEBP", (40, 60), {})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (picture() + b"\0" * MAX_BYTES, "photo_too_large"),
        (bomb(), "photo_too_many_pixels"),
        (moving("WEBP"), "photo_animated"),
        (moving("PNG"), "photo_animated"),
        (moving("GIF"), "photo_type"),
        (SVG, "photo_type"),
        (EPS, "photo_type"),
        (picture(size=(600, 400))[:1500], "photo_type"),
    ],
)
def test_admin_refuses_a_bad_photo_and_keeps_the_rest(director_client, facility_post, media, content, code):
    sent = facility_post(name_zh="打字很久的名字", photo=upload(content))
    form = director_client.post(reverse("admin:circle_facility_add"), sent).context["adminform"].form
    assert {name: [error.code for error in errors] for name, errors in form.errors.as_data().items()} == {
        "photo": [code]
    }
    assert form["name_zh"].value() == "打字很久的名字"
    assert not Facility.objects.exists()
    assert not media.exists()


def test_admin_keeps_the_photo_when_another_field_changes(director_client, facility_post):
    url = reverse("admin:circle_facility_add")
    director_client.post(url, facility_post(photo=upload(picture())))
    place = Facility.objects.get()
    url = reverse("admin:circle_facility_change", args=[place.pk])
    assert director_client.post(url, facility_post(place, name_zh="改名")).status_code == 302
    changed = Facility.objects.get()
    assert (changed.name_zh, changed.photo.name) == ("改名", place.photo.name)


def test_facility_page_shows_the_photo_with_words(client, html, db):
    make.facility(code="hall", photo="facilities/a.webp", photo_alt_en="The counter")
    response = client.get("/en/circle/hall/")
    assert '<img class="photo" src="/media/facilities/a.webp" alt="The counter">' in html(response)
