from rest_framework.permissions import BasePermission

from shop.listed import is_listed


class IsOpen(BasePermission):
    def has_permission(self, request, view):
        from shop.hours import is_open

        return is_listed(view) or is_open(12)

    def has_object_permission(self, request, view, obj):
        from shop.base import Listed

        return isinstance(view, Listed)
