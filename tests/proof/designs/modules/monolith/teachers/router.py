from uuid import UUID

from dishka.integrations.fastapi import DishkaRoute, FromDishka
from fastapi import APIRouter, HTTPException

from monolith.teachers.schemas import TeacherIn, TeacherOut
from monolith.teachers.service import TeacherNotFound, TeacherService

router = APIRouter(prefix="/teachers", tags=["teachers"], route_class=DishkaRoute)


@router.post("", status_code=201)
async def create_teacher(body: TeacherIn, service: FromDishka[TeacherService]) -> TeacherOut:
    return TeacherOut.model_validate(await service.create(body.name, body.age))


@router.get("/longest")
async def longest_teacher(service: FromDishka[TeacherService]) -> TeacherOut | None:
    teacher = await service.longest()
    return TeacherOut.model_validate(teacher) if teacher else None


@router.get("/{teacher_id}")
async def get_teacher(teacher_id: UUID, service: FromDishka[TeacherService]) -> TeacherOut:
    try:
        return TeacherOut.model_validate(await service.get(teacher_id))
    except TeacherNotFound as error:
        raise HTTPException(404, "Teacher not found") from error
