from rest_framework.generics import ListAPIView


class Listed(ListAPIView):
    title = ""
