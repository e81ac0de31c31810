from fastapi import HTTPException


def parcel(number: int) -> dict[str, int]:
    if number == 0:
        raise HTTPException(status_code=404, detail="Parcel not found")
    if number > 9:
        raise HTTPException(status_code=503, detail=["later", number])
    return {"number": number}
