from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from pydantic import TypeAdapter

from school import schemas as s
from school.plain import Courses

router = APIRouter()


@router.get("/brief", response_model=list[s.CourseBrief])
def brief(courses: Courses):
    return courses.find()


@router.get("/list", response_model=list[s.CourseOut])
def listed(courses: Courses):
    return courses.find()


@router.get("/joined", response_model=list[s.CourseOut])
def joined(courses: Courses):
    return courses.joined()


@router.get("/deep")
def deep(courses: Courses) -> list[s.CourseDeep]:
    return courses.find()


@router.get("/deep-half")
def deep_half(courses: Courses) -> Sequence[s.CourseDeep]:
    return courses.joined()


@router.get("/rooms", response_model=list[s.CourseRooms])
def rooms(courses: Courses):
    return courses.find()


@router.get("/rooms-nested", response_model=list[s.CourseRooms])
def rooms_nested(courses: Courses):
    return courses.nested()


@router.get("/lessons", response_model=list[s.CourseLessons])
def lessons(courses: Courses):
    return courses.selected()


@router.get("/flat", response_model=list[s.CourseFlat])
def flat(courses: Courses):
    return courses.find()


@router.get("/named", response_model=list[s.CourseNamed])
def named(courses: Courses):
    return courses.find()


@router.get("/heads", response_model=list[s.CourseHead])
def heads(courses: Courses):
    return courses.find()


@router.get("/counted", response_model=list[s.CourseCounted])
def counted(courses: Courses):
    return courses.find()


@router.get("/whole", response_model=list[s.CourseWhole])
def whole(courses: Courses):
    return courses.find()


@router.get("/made")
def made(courses: Courses) -> list[s.CourseMade]:
    return [s.CourseMade.of(course) for course in courses.find()]


@router.get("/page", response_model=s.Page[s.CourseOut])
def page(courses: Courses):
    rows, total = courses.page(0, 100)
    return {"items": rows, "total": total}


@router.get("/page-made")
def page_made(courses: Courses) -> s.Page[s.CourseOut]:
    rows, total = courses.page(0, 100)
    return s.Page(items=[s.CourseOut.model_validate(row) for row in rows], total=total)


@router.get("/overview")
def overview(courses: Courses) -> s.Overview:
    rows = courses.joined()
    return s.Overview(count=len(rows), courses=rows)


@router.get("/dictionary", response_model=dict[int, s.CourseOut])
def dictionary(courses: Courses):
    return {course.id: course for course in courses.find()}


@router.get("/adapter")
def adapter(courses: Courses):
    return TypeAdapter(list[s.CourseOut]).validate_python(courses.find(), from_attributes=True)


@router.get("/encoded")
def encoded(courses: Courses):
    return JSONResponse(jsonable_encoder([s.CourseOut.model_validate(course) for course in courses.find()]))


@router.get("/dumped")
def dumped(courses: Courses):
    return [s.CourseOut.model_validate(course).model_dump() for course in courses.joined()]


@router.get("/no-model", response_model=None)
def no_model(courses: Courses) -> list[s.CourseOut]:
    return [{"title": course.title} for course in courses.find()]


@router.get("/one/{key}", response_model=s.CourseRooms)
def one(key: int, courses: Courses):
    return courses.one(key)
