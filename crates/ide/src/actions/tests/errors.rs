//! Domain errors in place of HTTP errors, at the raise under the cursor.

use expect_test::{Expect, expect};

use super::refactor;
use crate::actions::Abilities;

const APP: &str = "
//- /shop/main.py
from fastapi import FastAPI

app = FastAPI()
";

fn service(body: &str) -> String {
    format!(
        "//- /shop/application/orders.py\nfrom fastapi import HTTPException\n\n\nclass OrderService:\n    def get(self, number: str) -> str:\n{body}{APP}"
    )
}

#[track_caller]
fn check(body: &str, title: &str, abilities: Abilities, expected: &Expect) {
    refactor::check(&service(body), title, abilities, expected);
}

const TWO: &str = "        if not number:
            raise HTTP$0Exception(400, \"No number\")
        raise HTTPException(404, \"Order not found\")
";

#[test]
fn one_raise() {
    check(
        TWO,
        "Raise an error",
        Abilities::ALL,
        &expect![[r#"
        //- shop/application/orders.py
        from fastapi import HTTPException

        from shop.domain.errors import InvalidInputError


        class OrderService:
            def get(self, number: str) -> str:
                if not number:
                    raise InvalidInputError("No number")
                raise HTTPException(404, "Order not found")

        //- shop/domain/errors.py
        class InvalidInputError(Exception):
            pass
        //- shop/main.py
        from fastapi import FastAPI, Request
        from fastapi.responses import JSONResponse

        from shop.domain.errors import InvalidInputError

        app = FastAPI()


        @app.exception_handler(InvalidInputError)
        async def invalid_input_error(request: Request, error: InvalidInputError) -> JSONResponse:
            return JSONResponse(status_code=400, content={"detail": str(error)})
    "#]],
    );
}

#[test]
fn all_of_a_function() {
    check(
        TWO,
        "Raise errors of the domain in OrderService.get",
        Abilities::ALL,
        &expect![[r#"
            //- shop/application/orders.py
            from shop.domain.errors import InvalidInputError, OrderNotFound


            class OrderService:
                def get(self, number: str) -> str:
                    if not number:
                        raise InvalidInputError("No number")
                    raise OrderNotFound("Order not found")

            //- shop/domain/errors.py
            class InvalidInputError(Exception):
                pass


            class OrderNotFound(Exception):
                pass
            //- shop/main.py
            from fastapi import FastAPI, Request
            from fastapi.responses import JSONResponse

            from shop.domain.errors import InvalidInputError, OrderNotFound

            app = FastAPI()


            @app.exception_handler(InvalidInputError)
            async def invalid_input_error(request: Request, error: InvalidInputError) -> JSONResponse:
                return JSONResponse(status_code=400, content={"detail": str(error)})


            @app.exception_handler(OrderNotFound)
            async def order_not_found(request: Request, error: OrderNotFound) -> JSONResponse:
                return JSONResponse(status_code=404, content={"detail": str(error)})
        "#]],
    );
}

#[test]
fn where_no_file_can_be_written() {
    check(
        TWO,
        "Raise errors of the domain in",
        Abilities { create_files: false },
        &expect![[r#"
            //- shop/application/orders.py
            class InvalidInputError(Exception):
                pass


            class OrderNotFound(Exception):
                pass


            class OrderService:
                def get(self, number: str) -> str:
                    if not number:
                        raise InvalidInputError("No number")
                    raise OrderNotFound("Order not found")

            //- shop/main.py
            from fastapi import FastAPI, Request
            from fastapi.responses import JSONResponse

            from shop.application.orders import InvalidInputError, OrderNotFound

            app = FastAPI()


            @app.exception_handler(InvalidInputError)
            async def invalid_input_error(request: Request, error: InvalidInputError) -> JSONResponse:
                return JSONResponse(status_code=400, content={"detail": str(error)})


            @app.exception_handler(OrderNotFound)
            async def order_not_found(request: Request, error: OrderNotFound) -> JSONResponse:
                return JSONResponse(status_code=404, content={"detail": str(error)})
        "#]],
    );
}

/// Each of these would change the response.
#[test]
fn what_must_stay() {
    let table = [
        "        raise HTTP$0Exception(404, \"Order not found\", headers={\"x\": number})\n",
        "        raise HTTP$0Exception(int(number), \"Order not found\")\n",
        "        raise HTTP$0Exception(422)\n",
        "        raise HTTP$0Exception(299, \"fine\")\n",
        "        try:\n            raise HTTP$0Exception(404, \"Order not found\")\n        except HTTPException:\n            return number\n",
    ];
    for body in table {
        check(body, "Raise", Abilities::ALL, &expect!["not offered"]);
    }
    let caught = format!(
        "{}//- /shop/routes.py\nfrom fastapi import APIRouter, HTTPException\n\nfrom shop.application.orders import OrderService\n\nrouter = APIRouter()\n\n\n@router.get(\"/\")\ndef order() -> str:\n    try:\n        return OrderService().get(\"1\")\n    except HTTPException:\n        return \"none\"\n",
        service(TWO)
    );
    refactor::check(&caught, "Raise", Abilities::ALL, &expect!["not offered"]);
    let two = format!("{}other = FastAPI()\n", service(TWO));
    refactor::check(&two, "Raise", Abilities::ALL, &expect!["not offered"]);
    let in_the_presentation = service(TWO).replace("/shop/application/", "/shop/routers/");
    refactor::check(&in_the_presentation, "Raise", Abilities::ALL, &expect!["not offered"]);
}

/// The error classes after the fix, in a project whose errors derive from `base`.
#[track_caller]
fn check_base(base: &str, elsewhere: &str, expected: &Expect) {
    let files = format!(
        "{}//- /shop/application/errors.py
{base}


class OutOfStock(ShopError):
    pass
{elsewhere}",
        service("        raise HTTP$0Exception(400, \"No number\")\n")
    );
    refactor::check(&files, "Raise an error", Abilities::ALL, expected);
}

#[test]
fn new_errors_derive_from_the_error_that_others_derive_from() {
    check_base(
        "class ShopError(Exception):\n    pass",
        "",
        &expect![[r#"
        //- shop/application/errors.py
        class ShopError(Exception):
            pass


        class OutOfStock(ShopError):
            pass


        class InvalidInputError(ShopError):
            pass
        //- shop/application/orders.py
        from shop.application.errors import InvalidInputError


        class OrderService:
            def get(self, number: str) -> str:
                raise InvalidInputError("No number")

        //- shop/main.py
        from fastapi import FastAPI, Request
        from fastapi.responses import JSONResponse

        from shop.application.errors import InvalidInputError

        app = FastAPI()


        @app.exception_handler(InvalidInputError)
        async def invalid_input_error(request: Request, error: InvalidInputError) -> JSONResponse:
            return JSONResponse(status_code=400, content={"detail": str(error)})
    "#]],
    );
    check_base(
        "class ShopError(Exception):\n    def __init__(self, message: str) -> None:\n        super().__init__(message)\n        self.message = message",
        "",
        &expect![[r#"
            //- shop/application/errors.py
            class ShopError(Exception):
                def __init__(self, message: str) -> None:
                    super().__init__(message)
                    self.message = message


            class OutOfStock(ShopError):
                pass


            class InvalidInputError(ShopError):
                pass
            //- shop/application/orders.py
            from shop.application.errors import InvalidInputError


            class OrderService:
                def get(self, number: str) -> str:
                    raise InvalidInputError("No number")

            //- shop/main.py
            from fastapi import FastAPI, Request
            from fastapi.responses import JSONResponse

            from shop.application.errors import InvalidInputError

            app = FastAPI()


            @app.exception_handler(InvalidInputError)
            async def invalid_input_error(request: Request, error: InvalidInputError) -> JSONResponse:
                return JSONResponse(status_code=400, content={"detail": str(error)})
        "#]],
    );
}

#[test]
fn a_base_error_that_tells_something_else_or_is_caught_is_left_alone() {
    check_base(
        "class ShopError(Exception):\n    def __str__(self) -> str:\n        return \"x\"",
        "",
        &expect![[r#"
            //- shop/application/errors.py
            class ShopError(Exception):
                def __str__(self) -> str:
                    return "x"


            class OutOfStock(ShopError):
                pass


            class InvalidInputError(Exception):
                pass
            //- shop/application/orders.py
            from shop.application.errors import InvalidInputError


            class OrderService:
                def get(self, number: str) -> str:
                    raise InvalidInputError("No number")

            //- shop/main.py
            from fastapi import FastAPI, Request
            from fastapi.responses import JSONResponse

            from shop.application.errors import InvalidInputError

            app = FastAPI()


            @app.exception_handler(InvalidInputError)
            async def invalid_input_error(request: Request, error: InvalidInputError) -> JSONResponse:
                return JSONResponse(status_code=400, content={"detail": str(error)})
        "#]],
    );
    check_base(
        "class ShopError(Exception):\n    pass",
        "//- /shop/application/caught.py
from shop.application.errors import ShopError


def quiet(call):
    try:
        return call()
    except ShopError:
        return None
",
        &expect![[r#"
            //- shop/application/errors.py
            class ShopError(Exception):
                pass


            class OutOfStock(ShopError):
                pass


            class InvalidInputError(Exception):
                pass
            //- shop/application/orders.py
            from shop.application.errors import InvalidInputError


            class OrderService:
                def get(self, number: str) -> str:
                    raise InvalidInputError("No number")

            //- shop/main.py
            from fastapi import FastAPI, Request
            from fastapi.responses import JSONResponse

            from shop.application.errors import InvalidInputError

            app = FastAPI()


            @app.exception_handler(InvalidInputError)
            async def invalid_input_error(request: Request, error: InvalidInputError) -> JSONResponse:
                return JSONResponse(status_code=400, content={"detail": str(error)})
        "#]],
    );
}
