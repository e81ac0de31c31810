from uuid import UUID

from pydantic import BaseModel, ConfigDict


class TeacherIn(BaseModel):
    name: str
    age: int


class TeacherOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    age: int
