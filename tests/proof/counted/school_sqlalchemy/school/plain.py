from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.orm import load_only, undefer

from school import services
from school.database import Db
from school.models import Course, Lesson, Room, Syllabus, Teacher, Visit
from school.repositories import CourseRepository, TeacherRepository, whole

router = APIRouter()


def get_courses(session: Db) -> CourseRepository:
    return CourseRepository(session)


Courses = Annotated[CourseRepository, Depends(get_courses)]


def get_board(courses: Courses) -> services.Board:
    return services.Board(courses)


Board = Annotated[services.Board, Depends(get_board)]


def current_teacher(session: Db) -> Teacher:
    return session.scalars(select(Teacher).where(Teacher.id == 1)).one()


def check_house(session: Db) -> None:
    session.scalars(select(Room)).all()


@router.get("/by-teacher")
def by_teacher(board: Board):
    return board.by_teacher()


@router.get("/grouped")
def grouped(board: Board):
    return board.grouped()


@router.get("/lengths")
def lengths(board: Board):
    return board.lengths()


@router.get("/rooms")
def rooms(board: Board):
    return board.rooms()


@router.get("/counts")
def counts(board: Board):
    return board.counts()


@router.get("/column")
def column(board: Board):
    return board.column()


@router.get("/names")
def names(courses: Courses):
    return list(services.names(courses.stream()))


@router.get("/first-name")
def first_name(courses: Courses):
    return services.first_name(courses.find())


@router.get("/joined")
def joined(courses: Courses):
    return [course.headline for course in courses.joined()]


@router.get("/joined-deep")
def joined_deep(courses: Courses):
    return [services.teacher_of(course.teacher) for course in courses.joined_deep()]


@router.get("/joined-half")
def joined_half(courses: Courses):
    return [services.teacher_of(course.teacher) for course in courses.joined()]


@router.get("/contained")
def contained(courses: Courses):
    return [course.headline for course in courses.contained()]


@router.get("/selected")
def selected(courses: Courses):
    return [[lesson.topic for lesson in course.lessons] for course in courses.selected()]


@router.get("/selected-half")
def selected_half(courses: Courses):
    return [course.rooms() for course in courses.selected()]


@router.get("/nested")
def nested(courses: Courses):
    return [course.rooms() for course in courses.nested()]


@router.get("/subquery")
def subquery(courses: Courses):
    return [course.size for course in courses.subquery()]


@router.get("/whole")
def all_of_it(courses: Courses):
    return [(course.teacher.name, course.rooms()) for course in courses.whole()]


@router.get("/deeper")
def deeper(courses: Courses):
    return [course.rooms() for course in courses.deeper()]


@router.get("/options")
def options(courses: Courses):
    return [(course.headline, course.rooms()) for course in courses.find(*whole())]


@router.get("/unit")
def unit():
    with services.Unit() as unit:
        return [course.teacher.name for course in unit.courses.find()]


@router.get("/by-key")
def by_key(session: Db):
    return services.teachers_by_key(CourseRepository(session), TeacherRepository(session))


@router.get("/topics")
def topics(courses: Courses):
    return [list(course.topics) for course in courses.find()]


@router.get("/texts")
def texts(courses: Courses):
    return [f"{course}" for course in courses.find()]


@router.get("/deferred")
def deferred(courses: Courses):
    return [course.notes for course in courses.find()]


@router.get("/undeferred")
def undeferred(session: Db):
    return [course.notes for course in session.scalars(select(Course).options(undefer(Course.notes)))]


@router.get("/loaded-only")
def loaded_only(session: Db):
    return [course.title for course in session.scalars(select(Course).options(load_only(Course.title)))]


@router.get("/tuples")
def tuples(session: Db):
    rows = session.execute(select(Course, Teacher).join(Course.teacher)).all()
    return [(course.title, teacher.name, teacher.office.number) for course, teacher in rows]


@router.get("/held")
def held(session: Db):
    rows = session.execute(select(Course, Teacher).join(Course.teacher)).all()
    return [course.teacher.name for course, _ in rows]


@router.get("/columns")
def columns(session: Db):
    return [title for title, _ in session.execute(select(Course.title, Course.id))]


@router.get("/parent")
def parent(courses: Courses):
    return [lesson.course.title for course in courses.selected() for lesson in course.lessons]


@router.get("/syllabuses")
def syllabuses(session: Db):
    return [syllabus.course.title for syllabus in session.scalars(select(Syllabus))]


@router.get("/syllabus")
def syllabus(courses: Courses):
    return [course.syllabus.text for course in courses.find()]


@router.get("/twice")
def twice(courses: Courses):
    return [(course.teacher.name, course.teacher.id) for course in courses.find()]


@router.get("/cached")
def cached(courses: Courses):
    return [services.rooms_of_the_house() for _ in courses.find()]


@router.get("/fixed")
def fixed(session: Db):
    return {model.__name__: session.query(model).count() for model in (Course, Teacher, Room)}


@router.get("/counted-range")
def counted_range(session: Db):
    return [session.query(Visit).filter(Visit.number == number).count() for number in range(5)]


@router.get("/branches")
def branches(courses: Courses, brief: bool = False):
    if brief:
        return [course.title for course in courses.find()]
    return [course.headline for course in courses.find()]


@router.get("/exists")
def exists(session: Db, courses: Courses):
    return [session.query(Lesson).filter_by(course_id=course.id).first() is not None for course in courses.find()]


@router.get("/at-once")
def at_once(session: Db, courses: Courses):
    keys = [course.id for course in courses.find()]
    lessons = session.scalars(select(Lesson).where(Lesson.course_id.in_(keys))).all()
    return {key: [lesson.topic for lesson in lessons if lesson.course_id == key] for key in keys}


@router.get("/mine")
def mine(teacher: Annotated[Teacher, Depends(current_teacher)]):
    return [course.title for course in teacher.courses]


@router.get("/guarded", dependencies=[Depends(check_house)])
def guarded(courses: Courses):
    return [course.title for course in courses.find()]


@router.get("/export-titles")
def export_titles(courses: Courses):
    return services.Titles(courses).run()


@router.get("/export-teachers")
def export_teachers(courses: Courses):
    return services.Teachers(courses).run()


@router.get("/export-loaded")
def export_loaded(courses: Courses):
    return services.TeachersLoaded(courses).run()


@router.get("/one/{key}")
def one(key: int, courses: Courses):
    return courses.one(key).rooms()
