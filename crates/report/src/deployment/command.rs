//! From a command to the module that it starts.

use ide::architecture::Architecture;

/// What a name in a command refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// A module, by index.
    Module(usize),
    /// It would be beside project modules, but doesn't exist.
    Missing,
    /// A library's, or outside the architecture: a test, a migration.
    Foreign,
}

/// The module in a command: `shop.main` of `uvicorn shop.main:app`. An explicitly named application takes precedence
/// over the program that serves it (`python -m server shop.main:app`).
pub fn named(words: &[String]) -> Option<String> {
    let application = words.iter().find_map(|word| {
        let (module, attribute) = word.split_once(':')?;
        let is_name = attribute.starts_with(|it: char| it.is_alphabetic() || it == '_');
        (is_dotted(module) && is_name).then(|| module.to_owned())
    });
    let after = |option: &str| {
        let next = words.iter().skip_while(|word| *word != option).nth(1)?;
        is_dotted(next).then(|| next.clone())
    };
    let joined = || words.iter().find_map(|word| word.strip_prefix("--app=").filter(|it| is_dotted(it)));
    let file = || {
        let path = words.iter().find_map(|word| word.strip_suffix(".py").filter(|it| !it.is_empty()))?;
        Some(path.trim_start_matches("./").trim_start_matches('/').replace('/', "."))
    };
    // `serve shop.wsgi`
    let gateway = || {
        words
            .iter()
            .find(|word| is_dotted(word) && matches!(word.rsplit_once('.'), Some((_, "wsgi" | "asgi"))))
    };
    application
        .or_else(|| after("-A"))
        .or_else(|| after("--app"))
        .or_else(|| joined().map(str::to_owned))
        .or_else(|| gateway().cloned())
        .or_else(file)
        .or_else(|| after("-m"))
}

fn is_dotted(text: &str) -> bool {
    let is_name = |part: &str| {
        part.starts_with(|it: char| it.is_alphabetic() || it == '_')
            && part.chars().all(|it| it.is_alphanumeric() || it == '_')
    };
    text.split('.').all(is_name)
}

/// The module of this name, also relative to a parent folder or as the package of an attribute. Of several with this
/// suffix it is the one below the folder that the image is built from; otherwise it is ambiguous.
pub fn module(architecture: &Architecture, name: &str, built_from: Option<&str>) -> Entry {
    let modules = &architecture.modules;
    let is_below = |at: &usize| {
        let rest = built_from.and_then(|folder| modules[*at].path.as_str().strip_prefix(folder));
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    let one = |all: Vec<usize>| match all.as_slice() {
        [] => None,
        [only] => Some(*only),
        several => {
            let mut below = several.iter().copied().filter(is_below);
            below.next().filter(|_| below.next().is_none())
        }
    };
    let find = |wanted: &str, is_whole: bool| {
        let ends = format!(".{wanted}");
        let main = format!("{wanted}.__main__");
        let all = |is_one: &dyn Fn(&str) -> bool| -> Vec<usize> {
            (0..modules.len()).filter(|at| is_one(modules[*at].name.as_str())).collect()
        };
        one(all(&|it| it == main))
            .or_else(|| one(all(&|it| it == wanted)))
            // A single word at the end of a path is ambiguous.
            .or_else(|| (is_whole || wanted.contains('.')).then(|| one(all(&|it| it.ends_with(&ends))))?)
    };
    // A path in an image may start with the image's folders: `/app/shop/main.py`.
    let mut rest = Some(name);
    while let Some(wanted) = rest {
        if let Some(at) = find(wanted, wanted == name) {
            return Entry::Module(at);
        }
        rest = wanted.split_once('.').map(|(_, rest)| rest);
    }
    if let Some(at) = name.rsplit_once('.').and_then(|(package, _)| find(package, false)) {
        return Entry::Module(at);
    }
    // Tests and migrations are not in the architecture: a module is only missing if its siblings are code.
    let parent = name.rsplit_once('.').map(|(parent, _)| parent);
    let is_beside = |name: &str| name.rsplit_once('.').map(|(parent, _)| parent) == parent;
    let is_missing = parent.is_some() && modules.iter().any(|it| is_beside(it.name.as_str()));
    if is_missing { Entry::Missing } else { Entry::Foreign }
}
