from litestar.exceptions import NotFoundException


def parcel(number: int) -> dict[str, int]:
    if number == 0:
        raise NotFoundException
    if number < 0:
        raise NotFoundException("Parcel not found")
    return {"number": number}
