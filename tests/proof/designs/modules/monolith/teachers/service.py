from uuid import UUID

from monolith.teachers.models import TeacherModel
from monolith.teachers.repository import TeacherRepository


class TeacherNotFound(Exception):
    pass


class TeacherService:
    def __init__(self, repository: TeacherRepository) -> None:
        self._repository = repository

    async def create(self, name: str, age: int) -> TeacherModel:
        teacher = TeacherModel(name=name, age=age)
        await self._repository.add(teacher)
        return teacher

    async def get(self, teacher_id: UUID) -> TeacherModel:
        teacher = await self._repository.get(teacher_id)
        if teacher is None:
            raise TeacherNotFound
        return teacher

    async def longest(self) -> TeacherModel | None:
        return await self._repository.longest()
