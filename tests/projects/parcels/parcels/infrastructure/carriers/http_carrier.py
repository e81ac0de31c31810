"""A carrier behind HTTP."""

import httpx

from parcels.domain.parcel import Parcel
from parcels.domain.ports import Carrier


class HttpCarrier(Carrier):
    def __init__(self, url: str) -> None:
        self._client = httpx.AsyncClient(base_url=url)

    async def hand_over(self, parcel: Parcel) -> str:
        answer = await self._client.post("/parcels", json={"id": parcel.id, "weight": str(parcel.weight_kg)})
        answer.raise_for_status()
        return answer.json()["reference"]

    async def position(self, reference: str) -> str:
        answer = await self._client.get(f"/parcels/{reference}")
        answer.raise_for_status()
        return answer.json()["position"]
