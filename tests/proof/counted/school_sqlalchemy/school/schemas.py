from typing import Annotated, Any, Generic, TypeVar

from pydantic import AliasPath, BaseModel, BeforeValidator, ConfigDict, Field, computed_field, model_validator

T = TypeVar("T")


class Model(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Page(BaseModel, Generic[T]):
    items: list[T]
    total: int


class OfficeOut(Model):
    number: str


class TeacherOut(Model):
    name: str


class TeacherDeep(TeacherOut):
    office: OfficeOut


class RoomOut(Model):
    name: str


class LessonOut(Model):
    topic: str


class LessonDeep(LessonOut):
    room: RoomOut


class CourseBrief(Model):
    id: int
    title: str


class CourseOut(Model):
    title: str
    teacher: TeacherOut


class CourseDeep(Model):
    title: str
    teacher: TeacherDeep


class CourseLessons(Model):
    title: str
    lessons: list[LessonOut]


class CourseRooms(Model):
    title: str
    lessons: list[LessonDeep]


class CourseFlat(Model):
    teacher: str = Field(validation_alias=AliasPath("teacher", "name"))


class CourseNamed(Model):
    teacher: Annotated[str, BeforeValidator(lambda teacher: teacher.name)]


class CourseHead(Model):
    headline: str


class CourseCounted(Model):
    lessons: list[LessonOut] = Field(exclude=True)

    @computed_field
    @property
    def number(self) -> int:
        return len(self.lessons)


class CourseWhole(BaseModel):
    title: str
    teacher: str

    @model_validator(mode="before")
    @classmethod
    def flatten(cls, course: Any) -> Any:
        return {"title": course.title, "teacher": course.teacher.name}


class CourseMade(BaseModel):
    title: str
    teacher: str

    @classmethod
    def of(cls, course) -> "CourseMade":
        return cls(title=course.title, teacher=course.teacher.name)


class Overview(Model):
    count: int
    courses: list[CourseOut]
