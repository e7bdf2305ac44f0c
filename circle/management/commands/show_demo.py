import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from circle.demo.staff import sign_ins_file

# Of the first resident in circle/data/demo_people.json; numbers that begin with 154 are not assigned.
PHONE = "154 0000 0001"


class Command(BaseCommand):
    help = "Prints where the demo is served and how staff sign in. Only with DEBUG."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("address", nargs="?", default="127.0.0.1:8000")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        self.stdout.write(f"\n  中文     http://{address}/\n  English  http://{address}/en/")
        self.stdout.write(f"  Staff    http://{address}/admin/")
        if settings.DEBUG and sign_ins_file().exists():
            for email, password in json.loads(sign_ins_file().read_text()).items():
                self.stdout.write(f"           {email}  {password}")
            self.stdout.write(f"  Resident http://{address}/sign-in/")
            self.stdout.write(f"           {PHONE}, the code appears here")
        self.stdout.write("")
