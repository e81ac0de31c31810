use super::is_plain_class;
use crate::fixture::Fixture;

#[test]
fn a_class_is_plain_where_nobody_else_says_how_it_is_made() {
    let table = [
        ("class Carts:\n    def __init__(self): ...\n", true),
        ("class Carts: ...\n", true),
        ("class Carts:\n    def __new__(cls): ...\n", false),
        ("class Base:\n    def __init__(self): ...\nclass Carts(Base): ...\n", false),
        ("class Carts:\n    def __init__(self): ...\nclass Limited(Carts): ...\n", false),
        ("class Carts(metaclass=Meta):\n    pass\n", false),
        ("@register\nclass Carts:\n    def __init__(self): ...\n", false),
        ("def make():\n    class Carts:\n        def __init__(self): ...\n", false),
    ];
    for (text, expected) in table {
        let fixture = Fixture::new(&format!("//- shop/__init__.py\n//- shop/carts.py\n{text}"));
        let cx = fixture.context("shop/carts.py");
        let found = cx.module.definitions.classes().find(|(_, class)| class.name == "Carts");
        let (class, _) = found.expect("each text has the class");
        assert_eq!(is_plain_class(&cx, class), expected, "{text}");
    }
}

/// Call sites of the subclass, and `super().__init__` calls, would have to pass it too.
#[test]
fn a_class_that_another_file_inherits_from_is_not_plain() {
    let fixture = Fixture::new(
        "//- shop/__init__.py\n//- shop/carts.py\nclass Carts:\n    def __init__(self): ...\n\
         //- shop/limited.py\nfrom shop.carts import Carts\nclass Limited(Carts): ...\n",
    );
    let cx = fixture.context("shop/carts.py");
    let found = cx.module.definitions.classes().find(|(_, class)| class.name == "Carts");
    assert!(!is_plain_class(&cx, found.expect("the file has it").0));
}
