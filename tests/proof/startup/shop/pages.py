from rest_framework.pagination import PageNumberPagination


class Pages(PageNumberPagination):
    page_size = 20

    def get_page_size(self, request):
        from shop.views import OrderList

        return OrderList.size
