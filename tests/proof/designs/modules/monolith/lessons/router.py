from uuid import UUID

from dishka.integrations.fastapi import DishkaRoute, FromDishka
from fastapi import APIRouter, HTTPException

from monolith.lessons.schemas import LessonIn, LessonOut
from monolith.lessons.service import LessonNotFound, LessonService

router = APIRouter(prefix="/lessons", tags=["lessons"], route_class=DishkaRoute)


@router.post("", status_code=201)
async def create_lesson(body: LessonIn, service: FromDishka[LessonService]) -> LessonOut:
    return LessonOut.model_validate(await service.create(body.name, body.minutes))


@router.get("/longest")
async def longest_lesson(service: FromDishka[LessonService]) -> LessonOut | None:
    lesson = await service.longest()
    return LessonOut.model_validate(lesson) if lesson else None


@router.get("/{lesson_id}")
async def get_lesson(lesson_id: UUID, service: FromDishka[LessonService]) -> LessonOut:
    try:
        return LessonOut.model_validate(await service.get(lesson_id))
    except LessonNotFound as error:
        raise HTTPException(404, "Lesson not found") from error
