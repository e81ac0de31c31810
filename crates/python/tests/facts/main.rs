//! What modules say, case by case.
#![allow(clippy::unwrap_used)]

#[test]
fn a_module_says_what_it_imports() {
    let text = "import a.b as c\nfrom ..x import y\n";
    let module = python::lower(text, &python::parse(text));
    let bound: Vec<_> = module.imports.list.iter().filter_map(python::Import::bound_name).collect();
    assert_eq!(bound, ["c", "y"]);
}
