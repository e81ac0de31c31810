"""Sets the Django project up."""

import os
from pathlib import Path

from adapters.statements import DjangoApp


def open_app(database: Path, rows: int) -> DjangoApp:
    """The application on a new database with `rows` courses."""
    os.environ["DATABASE_FILE"] = str(database)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)

    from courses.models import Course, Lesson, Office, Room, Syllabus, Tag, Teacher
    from django.db import transaction

    with transaction.atomic():
        for key in range(1, rows + 1):
            office = Office.objects.create(number=str(key))
            teacher = Teacher.objects.create(name=f"Teacher {key}", office=office)
            course = Course.objects.create(title=f"Course {key}", teacher=teacher)
            Syllabus.objects.create(course=course, text="all")
            course.tags.add(*(Tag.objects.create(word=f"{key}{letter}") for letter in "ab"))
            for letter in "xy":
                room = Room.objects.create(name=f"{key}{letter}")
                Lesson.objects.create(course=course, room=room, topic=f"Lesson {letter}", done=True)
    return DjangoApp()
