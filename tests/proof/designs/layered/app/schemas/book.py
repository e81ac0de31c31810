from pydantic import BaseModel, ConfigDict, Field, field_validator

from app.models.book import BookState


class BookCreate(BaseModel):
    title: str = Field(min_length=1)
    isbn: str

    @field_validator("isbn")
    @classmethod
    def digits(cls, value: str) -> str:
        if not value.isdigit():
            raise ValueError("digits only")
        return value


class BookOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    title: str
    isbn: str
    state: BookState


class Lending(BaseModel):
    reader_id: int
