from rest_framework.decorators import api_view
from rest_framework.response import Response
from rest_framework.views import APIView

from shop.services import billing, orders


class OrderView(APIView):
    def get(self, request, number):
        return Response({"state": orders.state(number)})

    def post(self, request, number):
        return Response({"paid": billing.bill(number, request.data.get("reason", ""))})


@api_view(["GET"])
def pages(request, number):
    return Response(billing.pages(number))
