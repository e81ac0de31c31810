//! Comments that speak to Architrave, and how far they reach.

use expect_test::{Expect, expect};

use crate::render;

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&render::directives(text));
}

#[test]
fn words() {
    check(
        "a # architrave: ignore\nb # architrave: ignore[x]\nc # architrave: ignore[x, y-z ,] because of w\nd #architrave:ignore  [ x ]: why\ne # architrave: ignore the reason\nf  # noqa: F401 # architrave: ignore[x] - so  # type: ignore\n# architrave: ignore-file\n# architrave: ignore-file[x] generated\ng # architrave: ignored\nh # architrave: ignore-line\ni = '# architrave: ignore'\nj # about architrave: ignore\nk # architrave: ignore[x\nl # architrave: ignore[]\nm # architrave:   ignore[x]   \n'''\n# architrave: ignore\n'''\n",
        expect![[r##"
            # architrave: ignore | [] "" | "a"
            # architrave: ignore[x] | [x] "" | "b"
            # architrave: ignore[x, y-z ,] because of w | [x, y-z] "because of w" | "c"
            #architrave:ignore  [ x ]: why | [x] "why" | "d"
            # architrave: ignore the reason | [] "the reason" | "e"
            # architrave: ignore[x] - so | [x] "so" | "f"
            # architrave: ignore-file | [] "" | file
            # architrave: ignore-file[x] generated | [x] "generated" | file
            # architrave: ignore[x | [x] "" | "k"
            # architrave: ignore[] | [] "" | "l"
            # architrave:   ignore[x] | [x] "" | "m"
        "##]],
    );
}

#[test]
fn at_the_end_of_a_line() {
    check(
        "import a  # architrave: ignore[1]\nimport b; import c  # architrave: ignore[2]\nfrom d import (  # architrave: ignore[3]\n    e,  # architrave: ignore[4]\n)  # architrave: ignore[5]\ndef f(  # architrave: ignore[6]\n    g,  # architrave: ignore[7]\n):  # architrave: ignore[8]\n    h  # architrave: ignore[9]\n@i  # architrave: ignore[10]\nclass J:  # architrave: ignore[11]\n    k = 1\nif l:  # architrave: ignore[12]\n    m\nelse:  # architrave: ignore[13]\n    n\nif o: p  # architrave: ignore[14]\nx = '''\n'''  # architrave: ignore[15]\n",
        expect![[r##"
            # architrave: ignore[1] | [1] "" | "import a"
            # architrave: ignore[2] | [2] "" | "import b; import c"
            # architrave: ignore[3] | [3] "" | "from d import (  # architrave: ignore[3]\n    e,  # architrave: ignore[4]\n)"
            # architrave: ignore[4] | [4] "" | "from d import (  # architrave: ignore[3]\n    e,  # architrave: ignore[4]\n)"
            # architrave: ignore[5] | [5] "" | "from d import (  # architrave: ignore[3]\n    e,  # architrave: ignore[4]\n)"
            # architrave: ignore[6] | [6] "" | "def f(  # architrave: ignore[6]\n    g,  # architrave: ignore[7]\n):  # architrave: ignore[8]\n    h  # architrave: ignore[9]"
            # architrave: ignore[7] | [7] "" | "def f(  # architrave: ignore[6]\n    g,  # architrave: ignore[7]\n):  # architrave: ignore[8]\n    h  # architrave: ignore[9]"
            # architrave: ignore[8] | [8] "" | "def f(  # architrave: ignore[6]\n    g,  # architrave: ignore[7]\n):  # architrave: ignore[8]\n    h  # architrave: ignore[9]"
            # architrave: ignore[9] | [9] "" | "h"
            # architrave: ignore[10] | [10] "" | "@i  # architrave: ignore[10]\nclass J:  # architrave: ignore[11]\n    k = 1"
            # architrave: ignore[11] | [11] "" | "@i  # architrave: ignore[10]\nclass J:  # architrave: ignore[11]\n    k = 1"
            # architrave: ignore[12] | [12] "" | "if l:  # architrave: ignore[12]\n    m\nelse:  # architrave: ignore[13]\n    n"
            # architrave: ignore[13] | [13] "" | "if l:  # architrave: ignore[12]\n    m\nelse:  # architrave: ignore[13]\n    n"
            # architrave: ignore[14] | [14] "" | "p"
            # architrave: ignore[15] | [15] "" | "x = '''\n'''"
        "##]],
    );
}

#[test]
fn alone_on_a_line() {
    check(
        "# architrave: ignore[1]\nimport a\n\n# architrave: ignore[2]\n# words\n\nimport b; import c\nfrom d import (\n    # architrave: ignore[3]\n    e,\n)\n# architrave: ignore[4]\n@f\n# architrave: ignore[5]\ndef g():\n    # architrave: ignore[6]\n    h\n    # architrave: ignore[7]\ni\nif j:\n    k\n# architrave: ignore[8]\nelse:\n    # architrave: ignore[9]\n    if l: m\nn(\n  # architrave: ignore[10]\n  o)\n# architrave: ignore[11]\n",
        expect![[r##"
            # architrave: ignore[1] | [1] "" | "import a"
            # architrave: ignore[2] | [2] "" | "import b"
            # architrave: ignore[3] | [3] "" | "from d import (\n    # architrave: ignore[3]\n    e,\n)"
            # architrave: ignore[4] | [4] "" | "@f\n# architrave: ignore[5]\ndef g():\n    # architrave: ignore[6]\n    h\n    # architrave: ignore[7]"
            # architrave: ignore[5] | [5] "" | "def g():\n    # architrave: ignore[6]\n    h\n    # architrave: ignore[7]"
            # architrave: ignore[6] | [6] "" | "h"
            # architrave: ignore[7] | [7] "" | "# architrave: ignore[7]"
            # architrave: ignore[8] | [8] "" | "else:\n    # architrave: ignore[9]\n    if l: m"
            # architrave: ignore[9] | [9] "" | "if l: m"
            # architrave: ignore[10] | [10] "" | "n(\n  # architrave: ignore[10]\n  o)"
            # architrave: ignore[11] | [11] "" | "# architrave: ignore[11]"
        "##]],
    );
}

#[test]
fn in_broken_code() {
    check(
        "x = (  # architrave: ignore[1]\ndef f(:  # architrave: ignore[2]\n    # architrave: ignore[3]\n    pass\n",
        expect![[r##"
            # architrave: ignore[1] | [1] "" | "x = ("
            # architrave: ignore[2] | [2] "" | "def f(:"
            # architrave: ignore[3] | [3] "" | "pass"
        "##]],
    );
}
