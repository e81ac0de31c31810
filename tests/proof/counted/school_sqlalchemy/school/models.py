from __future__ import annotations

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from school.database import Base


class Office(Base):
    __tablename__ = "offices"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]


class Teacher(Base):
    __tablename__ = "teachers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    office: Mapped[Office] = relationship()
    courses: Mapped[list[Course]] = relationship(back_populates="teacher")


class Room(Base):
    __tablename__ = "rooms"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Lesson(Base):
    __tablename__ = "lessons"
    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str]
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"))
    course: Mapped[Course] = relationship(back_populates="lessons")
    room: Mapped[Room] = relationship()


class Syllabus(Base):
    __tablename__ = "syllabuses"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    course: Mapped[Course] = relationship(back_populates="syllabus", lazy="joined")


class Course(Base):
    __tablename__ = "courses"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    closed: Mapped[bool] = mapped_column(default=False)
    notes: Mapped[str] = mapped_column(default="", deferred=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id"))
    teacher: Mapped[Teacher] = relationship(back_populates="courses")
    lessons: Mapped[list[Lesson]] = relationship(back_populates="course", order_by=Lesson.id)
    syllabus: Mapped[Syllabus] = relationship(back_populates="course", uselist=False)
    topics: AssociationProxy[list[str]] = association_proxy("lessons", "topic")

    @property
    def headline(self) -> str:
        return f"{self.title} by {self.teacher.name}"

    @hybrid_property
    def size(self) -> int:
        return len(self.lessons)

    def rooms(self) -> list[str]:
        return [lesson.room.name for lesson in self.lessons]

    def __str__(self) -> str:
        return self.headline


Course.lesson_count = column_property(
    select(func.count(Lesson.id)).where(Lesson.course_id == Course.id).correlate_except(Lesson).scalar_subquery()
)


class Visit(Base):
    __tablename__ = "visits"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
