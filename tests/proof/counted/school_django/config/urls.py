from django.urls import include, path

from courses.ninja_api import api

urlpatterns = [
    path("rest/", include("courses.rest_urls")),
    path("plain/", include("courses.urls")),
    path("ninja/", api.urls),
]
