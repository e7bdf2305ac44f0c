from django.http import HttpResponse

from council.models import MinutesVersion


def file_response(row: MinutesVersion) -> HttpResponse:
    """The very bytes whose SHA-256 is shown."""
    response = HttpResponse(row.body.encode(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{row.file_name}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response
