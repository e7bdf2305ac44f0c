"""The text of a DOCX file that somebody uploads, read with the standard library."""

import io
import lzma
import struct
import zipfile
import zlib
from xml.etree import ElementTree as ET

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 10 * 1024 * 1024
MAX_TEXT_BYTES = 20 * 1024 * 1024  # of the unpacked text: a small archive may hold gigabytes
DOCUMENT = "word/document.xml"
TYPES = "[Content_Types].xml"
# What a damaged archive makes the standard library raise; RuntimeError asks for a password.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    KeyError,
    OSError,
    RuntimeError,
    EOFError,
    ValueError,
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def read_docx(upload: UploadedFile) -> str:
    """Its paragraphs, one a line, tabs and line breaks as they stand; cells of a table with tabs between.

    Refuses: file_too_large, file_type (no DOCX, or damaged), file_macros.
    """
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(_("The file is larger than 10 MB."), code="file_too_large")
    return read_paragraphs(unpack_document(upload.read()))


def unpack_document(content: bytes) -> bytes:
    """Its text, unpacked. Refuses: file_too_large (a small archive of gigabytes), file_type, file_macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            types = read_part(archive, TYPES) if TYPES in names else b""
            if b"macroEnabled" in types or any(name.endswith(("vbaProject.bin", ".ocx")) for name in names):
                raise ValidationError(_("The file has macros in it. Save it without."), code="file_macros")
            document = read_part(archive, DOCUMENT)
    except UNREADABLE as error:
        raise file_type_error() from error
    if b"<!DOCTYPE" in document or b"<!ENTITY" in document:  # no word processor writes these
        raise file_type_error()
    return document


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as packed:
        part = packed.read(MAX_TEXT_BYTES + 1)
    if len(part) > MAX_TEXT_BYTES:
        raise ValidationError(_("The file is larger than 10 MB."), code="file_too_large")
    return part


def read_paragraphs(document: bytes) -> str:
    try:
        root = ET.fromstring(document)  # noqa: S314 - entities are refused before
    except (ET.ParseError, LookupError, ValueError) as error:  # the latter two: of an encoding
        raise file_type_error() from error
    body = root.find(f"{W}body")
    if body is None:
        raise file_type_error()
    lines: list[str] = []
    for block in body:
        if block.tag == f"{W}tbl":
            lines += table_lines(block)
        else:
            lines += [paragraph_text(each) for each in block.iter(f"{W}p")]
    return "\n".join(lines)


def table_lines(table: ET.Element) -> list[str]:
    return [
        "\t".join(
            " ".join(paragraph_text(each) for each in cell.iter(f"{W}p")) for cell in row.iter(f"{W}tc")
        )
        for row in table.iter(f"{W}tr")
    ]


def paragraph_text(paragraph: ET.Element) -> str:
    parts = [node.text or "" if node.tag == f"{W}t" else SIGNS.get(node.tag, "") for node in paragraph.iter()]
    return "".join(parts)


def file_type_error() -> ValidationError:
    return ValidationError(_("This is not a DOCX file that we can read."), code="file_type")
