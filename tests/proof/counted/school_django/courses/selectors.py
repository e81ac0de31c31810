"""Queries and helpers that views share."""

from collections.abc import Iterable, Iterator
from functools import cache, reduce

from django.db.models import Prefetch, QuerySet

from courses.models import Course, Lesson, Office, Room, Tag, Teacher


def all_courses() -> QuerySet[Course]:
    return Course.objects.all()


def with_lessons(courses: QuerySet[Course]) -> QuerySet[Course]:
    return courses.prefetch_related("lessons")


def with_done(courses: QuerySet[Course]) -> QuerySet[Course]:
    done = Lesson.objects.filter(done=True).select_related("room")
    return courses.prefetch_related(Prefetch("lessons", queryset=done, to_attr="done_lessons"))


def label(course: Course) -> str:
    return f"{course.title}: {course.teacher.name}"


def labels(courses: Iterable[Course]) -> Iterator[str]:
    for course in courses:
        yield label(course)


def topics(course: Course) -> list[str]:
    return [lesson.topic for lesson in course.lessons.all()]


@cache
def office_of_the_house(number: str) -> int:
    return Office.objects.filter(number=number).count()


def known_words() -> set[str]:
    return {tag.word for tag in Tag.objects.all()}


def totals() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (Course, Teacher, Room)}


def teacher_of(courses: dict[int, Course], key: int) -> str:
    return courses[key].teacher.name


def longest(courses: Iterable[Course]) -> int:
    return reduce(lambda best, course: max(best, len(course.teacher.name)), courses, 0)
