from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from monolith.lessons.models import LessonModel


class LessonRepository(Protocol):
    async def add(self, lesson: LessonModel) -> None: ...

    async def get(self, lesson_id: UUID) -> LessonModel | None: ...

    async def longest(self) -> LessonModel | None: ...


class SqlAlchemyLessonRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, lesson: LessonModel) -> None:
        self._session.add(lesson)
        await self._session.flush()

    async def get(self, lesson_id: UUID) -> LessonModel | None:
        return await self._session.get(LessonModel, lesson_id)

    async def longest(self) -> LessonModel | None:
        return await self._session.scalar(select(LessonModel).order_by(LessonModel.minutes.desc()).limit(1))
