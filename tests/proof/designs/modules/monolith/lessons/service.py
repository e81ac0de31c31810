from uuid import UUID

from monolith.lessons.models import LessonModel
from monolith.lessons.repository import LessonRepository


class LessonNotFound(Exception):
    pass


class LessonService:
    def __init__(self, repository: LessonRepository) -> None:
        self._repository = repository

    async def create(self, name: str, minutes: int) -> LessonModel:
        lesson = LessonModel(name=name, minutes=minutes)
        await self._repository.add(lesson)
        return lesson

    async def get(self, lesson_id: UUID) -> LessonModel:
        lesson = await self._repository.get(lesson_id)
        if lesson is None:
            raise LessonNotFound
        return lesson

    async def longest(self) -> LessonModel | None:
        return await self._repository.longest()
