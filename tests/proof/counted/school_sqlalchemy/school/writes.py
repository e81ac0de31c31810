from fastapi import APIRouter
from sqlalchemy import insert, select, update

from school.database import Db
from school.models import Course, Teacher, Visit

router = APIRouter()


@router.post("/one")
def one(session: Db):
    session.add(Visit(number=1))
    session.commit()
    return 1


@router.post("/one-read")
def one_read(session: Db):
    visit = Visit(number=1)
    session.add(visit)
    session.commit()
    session.refresh(visit)
    return visit.number


@router.post("/together")
def together(session: Db):
    courses = session.scalars(select(Course)).all()
    session.add_all([Visit(number=course.id) for course in courses])
    session.commit()
    return 1


@router.post("/flushed")
def flushed(session: Db):
    for course in session.scalars(select(Course)).all():
        session.add(Visit(number=course.id))
        session.flush()
    return 1


@router.post("/executed")
def executed(session: Db):
    for course in session.scalars(select(Course)).all():
        session.execute(insert(Visit).values(number=course.id))
    session.commit()
    return 1


@router.post("/updated")
def updated(session: Db):
    session.execute(update(Course).values(closed=False))
    session.commit()
    return 1


@router.post("/refreshed")
def refreshed(session: Db):
    courses = session.scalars(select(Course)).all()
    for course in courses:
        session.refresh(course)
    return len(courses)


@router.post("/expired")
def expired(session: Db):
    teacher = session.get(Teacher, 1)
    session.add(Visit(number=1))
    session.commit()
    return teacher.name
