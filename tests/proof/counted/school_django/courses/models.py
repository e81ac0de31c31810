from django.db import models
from django.utils.functional import cached_property


class Office(models.Model):
    number = models.CharField(max_length=20)


class Teacher(models.Model):
    name = models.CharField(max_length=50)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="teachers")

    def __str__(self):
        return f"{self.name} in {self.office.number}"


class Tag(models.Model):
    word = models.CharField(max_length=20)


class CourseQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed=False)

    def with_teacher(self):
        return self.select_related("teacher")

    def whole(self):
        return self.with_teacher().prefetch_related("lessons__room", "tags")


class Course(models.Model):
    title = models.CharField(max_length=50)
    closed = models.BooleanField(default=False)
    teacher = models.ForeignKey(Teacher, on_delete=models.CASCADE, related_name="courses")
    tags = models.ManyToManyField(Tag, related_name="courses")

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    @property
    def headline(self):
        return f"{self.title} by {self.teacher.name}"

    @property
    def first_room(self):
        return self.lessons.order_by("id").first()

    @cached_property
    def words(self):
        return [tag.word for tag in self.tags.all()]

    def rooms(self):
        return [lesson.room.name for lesson in self.lessons.all()]

    def __str__(self):
        return self.headline


class Syllabus(models.Model):
    course = models.OneToOneField(Course, on_delete=models.CASCADE, related_name="syllabus")
    text = models.TextField()


class Room(models.Model):
    name = models.CharField(max_length=20)


class Lesson(models.Model):
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="lessons")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="lessons")
    topic = models.CharField(max_length=50)
    done = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]


class Visit(models.Model):
    number = models.IntegerField()
