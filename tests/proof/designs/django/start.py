import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "site_config.settings"
django.setup()

from django.core.management import call_command
from django.test import Client

call_command("makemigrations", verbosity=0)
call_command("migrate", verbosity=0)
answer = Client().post("/gift-cards/", {"name": "A"}, content_type="application/json")
assert answer.status_code == 201, answer.content
assert set(answer.json()) == {"id", "name"}, answer.content
