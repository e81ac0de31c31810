from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from monolith.teachers.models import TeacherModel


class TeacherRepository(Protocol):
    async def add(self, teacher: TeacherModel) -> None: ...

    async def get(self, teacher_id: UUID) -> TeacherModel | None: ...

    async def longest(self) -> TeacherModel | None: ...


class SqlAlchemyTeacherRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, teacher: TeacherModel) -> None:
        self._session.add(teacher)
        await self._session.flush()

    async def get(self, teacher_id: UUID) -> TeacherModel | None:
        return await self._session.get(TeacherModel, teacher_id)

    async def longest(self) -> TeacherModel | None:
        return await self._session.scalar(select(TeacherModel).order_by(TeacherModel.age.desc()).limit(1))
