from eldercare.admin import (
    bookings,
    care_workers,
    certificates,
    duties,
    kinds,
    right_notices,
    rights,
    school,
    series,
    slots,
    volunteers,
)

__all__ = [
    "bookings",
    "care_workers",
    "certificates",
    "duties",
    "kinds",
    "right_notices",
    "rights",
    "school",
    "series",
    "slots",
    "volunteers",
]
