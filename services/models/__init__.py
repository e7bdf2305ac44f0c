from services.models.catalogue import (
    Audience,
    Category,
    Material,
    ServiceItem,
    ServiceItemQuerySet,
    Step,
)

__all__ = [
    "Audience",
    "Category",
    "Material",
    "ServiceItem",
    "ServiceItemQuerySet",
    "Step",
]
