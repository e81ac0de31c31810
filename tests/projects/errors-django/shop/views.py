from django.http import JsonResponse

from shop.services import orders


def order(request, number):
    return JsonResponse({"state": orders.state(number)})


def pay(request, number):
    return JsonResponse({"state": orders.pay(number)})


async def later(request, number):
    return JsonResponse({"state": orders.state(number)})


def not_found(request, exception):
    return JsonResponse({"error": [str(arg) for arg in exception.args]}, status=404)
