from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from circle.demo import demo_community
from circle.hooks import hook_functions


class Command(BaseCommand):
    help = "Loads the demo data of every app. Harmless when repeated: existing rows stay unchanged."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        community = demo_community()
        loaders = hook_functions("demo")
        for number, load in enumerate(loaders, start=1):
            load(community)
            self.stdout.write(f"  {number}/{len(loaders)} {load.__module__}")
