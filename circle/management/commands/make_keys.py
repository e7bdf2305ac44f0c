import secrets
from typing import Any

from cryptography.fernet import Fernet
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Prints the three secrets of an installation, as lines for its environment file. Stores nothing."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"SECRET_KEY={secrets.token_urlsafe(64)}")
        self.stdout.write(f"FIELD_KEYS={Fernet.generate_key().decode()}")
        self.stdout.write(f"INDEX_KEY={secrets.token_urlsafe(32)}")
