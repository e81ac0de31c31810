#!/usr/bin/env python3
"""What a user does in Kakoune with kak-lsp (see kakoune.sh)."""

import os
import re
import sys

from screen import ENTER, ESCAPE, Editor, read

sample = os.environ["SAMPLE"]


def main(version):
    kakoune = Editor("Kakoune", version, ["kak", f"{sample}/shop/services/carts.py"], sample)
    kakoune.shows("it comes up", r"class CartService")

    def command(*words):
        for each in words:
            kakoune.keys(f":{each}{ENTER}")

    def lists(what, pattern, absent=False):
        """Waits until the list of the project's findings matches the pattern, or no longer does."""

        def condition():
            command("lsp-diagnostics")
            kakoune.drain(0.3)
            found = re.search(pattern, kakoune.text())
            command("try %{delete-buffer! *diagnostics*}")
            return bool(found) != absent

        kakoune.eventually(what, condition)

    def applies(title, line, column):
        """Applies the action whose title has these letters: the menu is sorted by title, and filtered by typing."""

        def condition():
            kakoune.keys(ESCAPE, f":select {line}.{column},{line}.{column}{ENTER}", f":lsp-code-actions{ENTER}")
            # Before the menu is there, the letters would be commands that change the text.
            if not kakoune.comes(r" prompt "):
                return False
            kakoune.keys(title)
            found = kakoune.comes(rf"{title}.*\n.* prompt ")
            if not found:
                kakoune.keys(ESCAPE)
            return found

        kakoune.eventually("there is a fix", condition)
        kakoune.keys(ENTER)

    lists("the first buffer has its findings before any edit", r"services/carts\.py:10:22")
    kakoune.seen("first")

    applies("Repository", 10, 22)
    command("write-all")
    kakoune.eventually(
        "the constructor takes it", lambda: "carts: CartRepository" in read(f"{sample}/shop/services/carts.py")
    )
    kakoune.eventually(
        "the route in another file gives it",
        lambda: "CartRepository(session)" in read(f"{sample}/shop/api/carts.py"),
    )
    kakoune.seen("fix-two-files")

    def words():
        """The list's entry about the import inside the function."""
        command("lsp-diagnostics")
        kakoune.drain(0.3)
        found = re.search(r"domain/order\.py:5:\d+: (.*)", kakoune.text())
        command("try %{delete-buffer! *diagnostics*}")
        return found and found[1].strip()

    command(f"edit {sample}/shop/domain/order.py")
    kakoune.eventually("a second buffer has its own", words)
    alone = words()
    command(f"edit {sample}/shop/domain/price.py")
    kakoune.keys("ggo", "from shop.domain.order import total", ESCAPE)
    kakoune.eventually(
        "an import typed in one buffer closes a cycle, and another buffer says so", lambda: words() != alone
    )
    kakoune.seen("other")
    command(f"edit {sample}/shop/domain/price.py")
    kakoune.keys("u")
    command("write")
    kakoune.eventually("taking it out is seen there too", lambda: words() == alone)

    command(f"edit {sample}/shop/domain/order.py")
    applies("Move", 5, 36)
    command("write-all")
    kakoune.eventually(
        "the import is at the top level",
        lambda: "\nfrom shop.domain.price import price\n" in read(f"{sample}/shop/domain/order.py"),
    )
    kakoune.seen("fix")

    kakoune.keys("ggo", "import shop.web.forms", ESCAPE)
    lists("a typed import that breaks a contract is reported", r"domain/order\.py:2:\d+: ")
    kakoune.keys("u")
    lists("taking it out clears it", r"domain/order\.py:2:\d+: ", absent=True)
    command("write")
    kakoune.seen("typing")

    command(f"edit {sample}/shop/domain/mail.py", "select 4.8,4.8")
    kakoune.asks("a Protocol has a hover", r"Smtp", [f":lsp-hover{ENTER}"], [ESCAPE])
    kakoune.seen("hover")

    command("kill! 0")
    kakoune.ends()
    kakoune.done()


if __name__ == "__main__":
    main(sys.argv[1])
