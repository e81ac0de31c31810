//! Comments addressed to Architrave, and the ranges that they apply to.

use expect_test::{Expect, expect};

use crate::render;

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&render::directives(text));
}

#[test]
fn words() {
    check(
        r#"a # architrave: ignore
b # architrave: ignore[x]
c # architrave: ignore[x, y-z ,] because of w
d #architrave:ignore  [ x ]: why
e # architrave: ignore the reason
f  # noqa: F401 # architrave: ignore[x] - so  # type: ignore
# architrave: ignore-file
# architrave: ignore-file[x] generated
g # architrave: ignored
h # architrave: ignore-line
i = '# architrave: ignore'
j # about architrave: ignore
k # architrave: ignore[x
l # architrave: ignore[]
m # architrave:   ignore[x]   
'''
# architrave: ignore
'''
"#,
        &expect![[r##"
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
        r#"import a  # architrave: ignore[1]
import b; import c  # architrave: ignore[2]
from d import (  # architrave: ignore[3]
    e,  # architrave: ignore[4]
)  # architrave: ignore[5]
def f(  # architrave: ignore[6]
    g,  # architrave: ignore[7]
):  # architrave: ignore[8]
    h  # architrave: ignore[9]
@i  # architrave: ignore[10]
class J:  # architrave: ignore[11]
    k = 1
if l:  # architrave: ignore[12]
    m
else:  # architrave: ignore[13]
    n
if o: p  # architrave: ignore[14]
x = '''
'''  # architrave: ignore[15]
"#,
        &expect![[r##"
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
        r#"# architrave: ignore[1]
import a

# architrave: ignore[2]
# words

import b; import c
from d import (
    # architrave: ignore[3]
    e,
)
# architrave: ignore[4]
@f
# architrave: ignore[5]
def g():
    # architrave: ignore[6]
    h
    # architrave: ignore[7]
i
if j:
    k
# architrave: ignore[8]
else:
    # architrave: ignore[9]
    if l: m
n(
  # architrave: ignore[10]
  o)
# architrave: ignore[11]
"#,
        &expect![[r##"
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
        r#"x = (  # architrave: ignore[1]
def f(:  # architrave: ignore[2]
    # architrave: ignore[3]
    pass
"#,
        &expect![[r##"
            # architrave: ignore[1] | [1] "" | "x = ("
            # architrave: ignore[2] | [2] "" | "def f(:"
            # architrave: ignore[3] | [3] "" | "pass"
        "##]],
    );
}
