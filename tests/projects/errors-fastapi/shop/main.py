from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse

from shop.routers import orders


def create_app() -> FastAPI:
    app = FastAPI()
    app.include_router(orders.router)

    @app.exception_handler(403)
    async def forbidden(request: Request, error: HTTPException) -> JSONResponse:
        return JSONResponse(status_code=403, content={"path": request.url.path, "why": error.detail})

    @app.exception_handler(ValueError)
    def invalid(request: Request, error: ValueError) -> JSONResponse:
        return JSONResponse(status_code=400, content={"error": str(error)})

    return app
