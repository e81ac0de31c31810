from fastapi import APIRouter, HTTPException, status

from app.dependencies import BookServiceDep
from app.schemas.book import BookCreate, BookOut, Lending
from app.services.errors import IsbnTaken, NotFound

router = APIRouter(prefix="/books", tags=["books"])


@router.get("", response_model=list[BookOut])
def list_books(service: BookServiceDep):
    return service.list()


@router.post("", response_model=BookOut, status_code=status.HTTP_201_CREATED)
def create_book(data: BookCreate, service: BookServiceDep):
    try:
        return service.create(data)
    except IsbnTaken as error:
        raise HTTPException(status.HTTP_409_CONFLICT, "A book with this ISBN exists") from error


@router.get("/{book_id}", response_model=BookOut)
def get_book(book_id: int, service: BookServiceDep):
    try:
        return service.get(book_id)
    except NotFound as error:
        raise HTTPException(status.HTTP_404_NOT_FOUND, str(error)) from error


@router.post("/{book_id}/lend", response_model=BookOut)
def lend_book(book_id: int, lending: Lending, service: BookServiceDep):
    return service.lend(book_id, lending.reader_id)
