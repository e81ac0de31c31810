from fastapi import FastAPI

from school import asynchronous, plain, rendered, writes

app = FastAPI()
app.include_router(plain.router, prefix="/plain")
app.include_router(rendered.router, prefix="/rendered")
app.include_router(writes.router, prefix="/writes")
app.include_router(asynchronous.router, prefix="/async")
