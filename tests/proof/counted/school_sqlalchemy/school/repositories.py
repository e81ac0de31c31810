from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, defaultload, joinedload, selectinload, subqueryload

from school.database import Base
from school.models import Course, Lesson, Teacher

T = TypeVar("T", bound=Base)


class Repository(Generic[T]):
    model: type[T]

    def __init__(self, session: Session) -> None:
        self.session = session

    def find(self, *options, **criteria) -> Sequence[T]:
        statement = select(self.model).filter_by(**criteria).options(*options).order_by(self.model.id)
        return self.session.scalars(statement).unique().all()

    def one(self, key: int) -> T | None:
        return self.session.get(self.model, key)

    def count(self) -> int:
        return self.session.scalar(select(func.count()).select_from(self.model)) or 0

    def stream(self) -> Iterator[T]:
        for row in self.session.scalars(select(self.model).execution_options(yield_per=100)):
            yield row


def whole():
    return joinedload(Course.teacher), selectinload(Course.lessons).joinedload(Lesson.room)


class CourseRepository(Repository[Course]):
    model = Course

    def joined(self) -> Sequence[Course]:
        return self.session.scalars(select(Course).options(joinedload(Course.teacher))).all()

    def joined_deep(self) -> Sequence[Course]:
        statement = select(Course).options(joinedload(Course.teacher).joinedload(Teacher.office))
        return self.session.scalars(statement).all()

    def contained(self) -> Sequence[Course]:
        statement = select(Course).join(Course.teacher).options(contains_eager(Course.teacher))
        return self.session.scalars(statement).all()

    def selected(self) -> Sequence[Course]:
        return self.session.scalars(select(Course).options(selectinload(Course.lessons))).all()

    def nested(self) -> Sequence[Course]:
        statement = select(Course).options(selectinload(Course.lessons).options(selectinload(Lesson.room)))
        return self.session.scalars(statement).all()

    def subquery(self) -> Sequence[Course]:
        return self.session.query(Course).options(subqueryload(Course.lessons)).all()

    def whole(self) -> Sequence[Course]:
        return self.session.scalars(select(Course).options(*whole())).unique().all()

    def deeper(self) -> Sequence[Course]:
        statement = select(Course).options(
            selectinload(Course.lessons), defaultload(Course.lessons).joinedload(Lesson.room)
        )
        return self.session.scalars(statement).all()

    def lessons_of(self, course: Course) -> int:
        return self.session.scalar(select(func.count(Lesson.id)).where(Lesson.course_id == course.id)) or 0

    def page(self, number: int, size: int) -> tuple[Sequence[Course], int]:
        rows = self.session.scalars(select(Course).offset(number * size).limit(size)).all()
        return rows, self.count()


class TeacherRepository(Repository[Teacher]):
    model = Teacher
