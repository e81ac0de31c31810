#!/usr/bin/env python3
"""What a user does in Helix (see helix.sh)."""

import os
import sys

from screen import ENTER, ESCAPE, Editor, read, server_ended

sample = os.environ["SAMPLE"]


def main(command, version):
    helix = Editor("Helix", version, [command, f"{sample}/shop/services/carts.py"], sample)
    helix.shows("it comes up", r"class CartService")

    def lists(what, pattern):
        """Waits until the list of the file's findings matches the pattern."""
        helix.asks(what, pattern, [" ", "d"], [ESCAPE])

    def opens(file):
        helix.keys(f":o {sample}/{file}", ENTER)

    lists("the first buffer has its findings before any edit", r"hidden-dependency")
    helix.seen("first")

    helix.keys("]d", " a")
    helix.shows("there is a fix", r"CartRepository")
    helix.keys(ENTER)
    helix.keys(":wa", ENTER)
    helix.eventually(
        "the constructor takes it", lambda: "carts: CartRepository" in read(f"{sample}/shop/services/carts.py")
    )
    helix.eventually(
        "the route in another file gives it",
        lambda: "CartRepository(session)" in read(f"{sample}/shop/api/carts.py"),
    )
    helix.seen("fix-two-files")

    opens("shop/domain/order.py")
    lists("a second buffer has its own", r"hidden-import")
    opens("shop/domain/price.py")
    helix.keys("ggo", "from shop.domain.order import total", ESCAPE)
    opens("shop/domain/order.py")
    lists("an import typed in one buffer closes a cycle, and another buffer says so", r"circular-import|would close")
    helix.seen("other")
    opens("shop/domain/price.py")
    helix.keys("u", ":w", ENTER)
    opens("shop/domain/order.py")
    helix.asks("there is a fix", r"(?i)move", ["gg", "]d", " a"], [ESCAPE])
    helix.keys("gg", "]d", " a", ENTER, ":w", ENTER)
    helix.eventually(
        "the import is at the top level",
        lambda: "\nfrom shop.domain.price import price\n" in read(f"{sample}/shop/domain/order.py"),
    )
    helix.seen("fix")

    helix.keys("ggo", "import shop.web.forms", ESCAPE)
    lists("a typed import that breaks a contract is reported", r"forbidden-import")
    helix.keys("u", ":w", ENTER)
    helix.keys(" d")
    helix.drain(0.5)
    helix.step("taking it out clears it", "forbidden-import" not in helix.text() and "shop.web" not in helix.text())
    helix.keys(ESCAPE)
    helix.seen("typing")

    opens("shop/domain/mail.py")
    helix.keys("4G", "gs", "w", "w")
    helix.asks("a Protocol has a hover", r"Smtp", [" k"], [ESCAPE])
    helix.seen("hover")

    opens("architrave.toml")
    helix.keys("3GO", 'stile = "clean"', ESCAPE)
    # A problem on the cursor's line is shown below it, once the cursor gets there.
    helix.asks("a mistake in the configuration is reported in its file", r"└.*style", [ESCAPE, "gg", "3G"], [])
    helix.seen("configuration")
    helix.keys("u", ":qa!", ENTER)
    helix.ends()
    helix.eventually("and the server with it", lambda: server_ended(os.environ["LOG"]))
    helix.seen("stop")
    helix.done()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
