#!/usr/bin/env python3
"""What a user does in Vim with ALE (see vim.sh)."""

import os
import re
import sys

from screen import ENTER, ESCAPE, Editor, read, server_ended

sample = os.environ["SAMPLE"]


def main(version):
    vim = Editor("Vim", f"{version} with ALE", ["vim", f"{sample}/shop/services/carts.py"], sample)
    vim.shows("it comes up", r"class CartService")

    def command(*words):
        for each in words:
            vim.keys(f":{each}{ENTER}")

    def lists(what, pattern, absent=False):
        """Waits until the list of the file's findings matches the pattern, or no longer does."""

        def condition():
            vim.keys(f":silent! lopen{ENTER}")
            found = re.search(pattern, vim.text())
            vim.keys(f":lclose{ENTER}")
            return bool(found) != absent

        vim.eventually(what, condition)

    command("set hidden shortmess+=F nowrap")
    lists("the first buffer has its findings before any edit", r"carts\.py\|10 col \d+.* warning")
    vim.seen("first")

    def applies_the_first(line, column):
        keys = [f":call cursor({line}, {column}){ENTER}", f":ALECodeAction{ENTER}"]
        vim.asks("there is a fix", r"\n1\) ", keys, [ESCAPE])
        vim.keys(*keys)
        vim.shows("the menu is there", r"Type number")
        vim.keys("1", ENTER)

    applies_the_first(10, 22)
    command("silent! wall")
    vim.eventually(
        "the constructor takes it", lambda: "carts: CartRepository" in read(f"{sample}/shop/services/carts.py")
    )
    vim.eventually(
        "the route in another file gives it",
        lambda: "CartRepository(session)" in read(f"{sample}/shop/api/carts.py"),
    )
    vim.seen("fix-two-files")

    command("edit shop/domain/order.py")

    def words():
        """ALE's message after the import inside the function."""
        found = re.search(r"import price > (.*)", vim.text())
        return found and found[1].strip()

    vim.eventually("a second buffer has its own", words)
    alone = words()
    command("edit shop/domain/price.py", "call append(1, 'from shop.domain.order import total')")
    command("edit shop/domain/order.py")
    vim.eventually(
        "an import typed in one buffer closes a cycle, and another buffer says so", lambda: words() != alone
    )
    vim.seen("other")
    command("edit shop/domain/price.py", "2delete", "write", "edit shop/domain/order.py")
    vim.eventually("taking it out is seen there too", lambda: words() == alone)

    applies_the_first(5, 36)
    command("silent! wall")
    vim.eventually(
        "the import is at the top level",
        lambda: "\nfrom shop.domain.price import price\n" in read(f"{sample}/shop/domain/order.py"),
    )
    vim.seen("fix")

    command("call append(2, 'import shop.web.forms')")
    lists("a typed import that breaks a contract is reported", r"order\.py\|3 col \d+.* error")
    command("3delete")
    lists("taking it out clears it", r"order\.py\|\d+ col", absent=True)
    command("write")
    vim.seen("typing")

    command("edit shop/domain/mail.py", "4", "call search('Mail')")
    vim.asks("a Protocol has a hover", r"Smtp", [f":ALEHover{ENTER}"], [ENTER, f":silent! pclose{ENTER}:4{ENTER}"])
    vim.seen("hover")

    command("edit architrave.toml", "call append(1, 'stile = \"clean\"')")
    lists("a mistake in the configuration is reported in its file", r"architrave\.toml\|2 .*style")
    vim.seen("configuration")
    command("quitall!")
    vim.ends()
    vim.eventually("and the server with it", lambda: server_ended(os.environ["LOG"]))
    vim.seen("stop")
    vim.done()


if __name__ == "__main__":
    main(sys.argv[1])
