import asyncio
from collections.abc import Sequence

from fastapi import APIRouter
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from school import schemas as s
from school.database import AsyncDb
from school.models import Course, Lesson, Teacher, Visit

router = APIRouter()


class AsyncCourses:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self) -> Sequence[Course]:
        return (await self._session.scalars(select(Course).order_by(Course.id))).all()

    async def joined(self) -> Sequence[Course]:
        result = await self._session.execute(select(Course).options(joinedload(Course.teacher)))
        return result.scalars().all()

    async def whole(self) -> Sequence[Course]:
        statement = select(Course).options(
            joinedload(Course.teacher), selectinload(Course.lessons).selectinload(Lesson.room)
        )
        return (await self._session.scalars(statement)).unique().all()

    async def teacher(self, key: int) -> Teacher | None:
        return await self._session.get(Teacher, key)


@router.get("/titles")
async def titles(session: AsyncDb):
    return [course.title for course in await AsyncCourses(session).all()]


@router.get("/joined", response_model=list[s.CourseOut])
async def joined(session: AsyncDb):
    return await AsyncCourses(session).joined()


@router.get("/whole", response_model=list[s.CourseRooms])
async def whole(session: AsyncDb):
    return await AsyncCourses(session).whole()


@router.get("/each")
async def each(session: AsyncDb):
    courses = AsyncCourses(session)
    return [(await courses.teacher(course.teacher_id)).name for course in await courses.all()]


@router.get("/gathered")
async def gathered(session: AsyncDb):
    courses = AsyncCourses(session)
    rows = await courses.all()
    found = await asyncio.gather(*(courses.teacher(row.teacher_id) for row in rows))
    return [teacher.name for teacher in found]


@router.get("/awaited")
async def awaited(session: AsyncDb):
    return [(await course.awaitable_attrs.teacher).name for course in await AsyncCourses(session).all()]


@router.get("/counted")
async def counted(session: AsyncDb):
    total = await session.scalar(select(func.count()).select_from(Course))
    return {"total": total, "titles": [course.title for course in await AsyncCourses(session).all()]}


@router.get("/streamed")
async def streamed(session: AsyncDb):
    return [course.title async for course in await session.stream_scalars(select(Course))]


@router.get("/refreshed")
async def refreshed(session: AsyncDb):
    courses = await AsyncCourses(session).all()
    for course in courses:
        await session.refresh(course, attribute_names=["teacher"])
    return [course.teacher.name for course in courses]


@router.get("/run-sync")
async def run_sync(session: AsyncDb):
    def read(inner):
        return [course.teacher.name for course in inner.scalars(select(Course))]

    return await session.run_sync(read)


@router.get("/one/{key}", response_model=s.CourseLessons)
async def one(key: int, session: AsyncDb):
    return await session.get(Course, key, options=[selectinload(Course.lessons)])


@router.post("/made")
async def made(session: AsyncDb):
    session.add(Visit(number=1))
    await session.commit()
    return 1


@router.post("/made-each")
async def made_each(session: AsyncDb):
    for course in await AsyncCourses(session).all():
        session.add(Visit(number=course.id))
        await session.flush()
    return 1
