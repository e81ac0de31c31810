from django.urls import include, path
from rest_framework.routers import DefaultRouter

from courses import rest

router = DefaultRouter()
router.register("courses", rest.CourseViewSet)
router.register("tuned", rest.TunedViewSet, basename="tuned")

urlpatterns = [
    path("sets/", include(router.urls)),
    path("with-teacher", rest.WithTeacher.as_view()),
    path("with-teacher-loaded", rest.WithTeacherLoaded.as_view()),
    path("with-office", rest.WithOffice.as_view()),
    path("with-office-half", rest.WithOfficeHalf.as_view()),
    path("with-lessons", rest.WithLessons.as_view()),
    path("with-lessons-half", rest.WithLessonsHalf.as_view()),
    path("with-lessons-joined", rest.WithLessonsJoined.as_view()),
    path("whole", rest.Whole.as_view()),
    path("done", rest.Done.as_view()),
    path("counts", rest.Counts.as_view()),
    path("counts-prefetched", rest.CountsPrefetched.as_view()),
    path("topics", rest.Topics.as_view()),
    path("keys", rest.Keys.as_view()),
    path("deep", rest.Deep.as_view()),
    path("text", rest.Text.as_view()),
    path("rendered", rest.Rendered.as_view()),
    path("syllabuses", rest.Syllabuses.as_view()),
    path("syllabuses-loaded", rest.SyllabusesLoaded.as_view()),
    path("paged", rest.Paged.as_view()),
    path("paged-loaded", rest.PagedLoaded.as_view()),
    path("one/<int:pk>", rest.One.as_view()),
    path("tags", rest.Tags.as_view()),
    path("manual", rest.Manual.as_view()),
    path("manual-serializer", rest.ManualSerializer.as_view()),
    path("detail/<int:pk>", rest.detail),
    path("several", rest.several),
]
