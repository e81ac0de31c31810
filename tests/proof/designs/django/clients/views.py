from django.http import JsonResponse

from clients.models import Client


def client_list(request):
    return JsonResponse({"clients": list(Client.objects.values("id", "name")[:100])})
