from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Protocol

from school.database import factory
from school.models import Course, Room, Teacher
from school.repositories import CourseRepository, TeacherRepository


class Courses(Protocol):
    def find(self, *options, **criteria) -> Sequence[Course]: ...

    def lessons_of(self, course: Course) -> int: ...


class Board:
    def __init__(self, courses: Courses) -> None:
        self.courses = courses

    def by_teacher(self) -> list[str]:
        return [course.title for course in sorted(self.courses.find(), key=lambda course: course.teacher.name)]

    def grouped(self) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for course in self.courses.find():
            groups[course.teacher.name].append(course.title)
        return dict(groups)

    def lengths(self) -> int:
        return sum(len(course.lessons) for course in self.courses.find())

    def rooms(self) -> dict[int, list[str]]:
        return {course.id: course.rooms() for course in self.courses.find()}

    def counts(self) -> list[int]:
        return [self.courses.lessons_of(course) for course in self.courses.find()]

    def column(self) -> list[int]:
        return [course.lesson_count for course in self.courses.find()]


def names(courses: Iterable[Course]):
    for course in courses:
        if course.teacher.name == "nobody":
            continue
        yield course.teacher.name


def first_name(courses: Iterable[Course]) -> str | None:
    for course in courses:
        return course.teacher.name
    return None


@cache
def rooms_of_the_house() -> int:
    with factory() as session:
        return session.query(Room).count()


class Unit:
    def __enter__(self) -> "Unit":
        self.session = factory()
        self.courses = CourseRepository(self.session)
        self.teachers = TeacherRepository(self.session)
        return self

    def __exit__(self, *error: object) -> None:
        self.session.close()


class Export(ABC):
    def __init__(self, courses: CourseRepository) -> None:
        self.courses = courses

    @abstractmethod
    def line(self, course: Course) -> str: ...

    def rows(self) -> Sequence[Course]:
        return self.courses.find()

    def run(self) -> list[str]:
        return [self.line(course) for course in self.rows()]


class Titles(Export):
    def line(self, course: Course) -> str:
        return course.title


class Teachers(Export):
    def line(self, course: Course) -> str:
        return course.teacher.name


class TeachersLoaded(Teachers):
    def rows(self) -> Sequence[Course]:
        return self.courses.joined()


def teachers_by_key(courses: CourseRepository, teachers: TeacherRepository) -> list[str]:
    return [teacher.name for course in courses.find() if (teacher := teachers.one(course.teacher_id))]


def teacher_of(teacher: Teacher) -> str:
    return f"{teacher.name} in {teacher.office.number}"
