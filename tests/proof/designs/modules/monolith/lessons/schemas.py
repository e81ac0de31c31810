from uuid import UUID

from pydantic import BaseModel, ConfigDict


class LessonIn(BaseModel):
    name: str
    minutes: int


class LessonOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    minutes: int
