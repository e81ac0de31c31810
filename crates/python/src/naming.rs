//! Name conventions: the words of a class name, singular and plural, and qualified function names.

use crate::{Class, ClassId, Definitions, Expr, ExprArena, ExprId, FunctionId, Name, Scope, Variable};

/// `order_line` for `OrderLine`, `http_client` for `HTTPClient`.
pub fn snake(class: &str) -> String {
    let letters: Vec<char> = class.chars().collect();
    let mut out = String::with_capacity(class.len() + 4);
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| letters[before]);
        let begins = before.is_some_and(|before| before.is_lowercase() || before.is_ascii_digit())
            // The last letter of a run begins the next word: `C` in `HTTPClient`.
            || before.is_some() && letters.get(at + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && begins && !out.ends_with('_') {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

/// `order` for `orders`, `category` for `categories`.
pub fn singular(word: &str) -> Name {
    match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y").into(),
        None => word.strip_suffix('s').unwrap_or(word).into(),
    }
}

/// `orders` for `order`, `categories` for `category`; a word that is already plural stays.
pub fn plural(word: &str) -> Name {
    if word.ends_with('s') || word.ends_with("list") {
        return word.into();
    }
    let ends_soft = word.ends_with('x') || word.ends_with("ch") || word.ends_with("sh");
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies").into(),
        _ if ends_soft => format!("{word}es").into(),
        _ => format!("{word}s").into(),
    }
}

/// `1 order`, `2 orders`, `0 entries`: a count with its noun.
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {}", plural(noun)) }
}

impl Expr {
    /// The last name of a dotted expression: `now` for `clock.now`.
    pub fn last_name(&self) -> Option<&Name> {
        match self {
            Expr::Name(name) | Expr::Attribute { name, .. } => Some(name),
            _ => None,
        }
    }
}

impl ExprArena {
    /// The last name of a decorator or an annotation, possibly called: `abstractmethod` for `@abc.abstractmethod`,
    /// `dataclass` for `@dataclass(frozen=True)`.
    pub fn decorator_name(&self, decorator: ExprId) -> Option<&str> {
        let name = match &self[decorator] {
            Expr::Call { callee, .. } => self[*callee].last_name(),
            other => other.last_name(),
        };
        name.map(Name::as_str)
    }
}

impl Definitions {
    /// `Order.total` for a method, `outer.inner` for a nested function: including all enclosing scopes.
    pub fn qualified(&self, function: FunctionId) -> String {
        let mut names = vec![self[function].name.as_str()];
        let mut scope = self[function].scope;
        loop {
            let (name, outer) = match scope {
                Scope::Module => break,
                Scope::Class(id) => (&self[id].name, self[id].scope),
                Scope::Function(id) => (&self[id].name, self[id].scope),
            };
            names.push(name);
            scope = outer;
        }
        names.reverse();
        names.join(".")
    }

    /// The top-level class with this name: the last one, as in Python.
    pub fn class_named(&self, name: &str) -> Option<ClassId> {
        let is_it = |(_, class): &(ClassId, &Class)| class.scope == Scope::Module && class.name == name;
        self.classes().filter(is_it).last().map(|(id, _)| id)
    }

    /// What a name of the module is bound to, if it is bound once, by an assignment.
    pub fn bound_once(&self, name: &str) -> Option<ExprId> {
        let is_it = |variable: &&Variable| variable.scope == Scope::Module && variable.name == name;
        let mut bindings = self.variables.iter().filter(is_it);
        bindings.next().filter(|_| bindings.next().is_none())?.value
    }

    /// `Order.total` for a method, `total` for a function, without further enclosing scopes.
    pub fn short_name(&self, function: FunctionId) -> String {
        let facts = &self[function];
        match facts.scope {
            Scope::Class(class) => format!("{}.{}", self[class].name, facts.name),
            Scope::Module | Scope::Function(_) => facts.name.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_classes() {
        for (class, expected) in [
            ("Order", "order"),
            ("OrderLine", "order_line"),
            ("HTTPClient", "http_client"),
            ("SMSError", "sms_error"),
            ("APIKeyNotFound", "api_key_not_found"),
            ("OrderNotFound", "order_not_found"),
            ("ParseHTTP", "parse_http"),
            ("OAuth2Token", "o_auth2_token"),
            ("Order2Line", "order2_line"),
            ("_Order", "_order"),
            ("Order_Line", "order_line"),
            ("order_line", "order_line"),
            ("ÄnderungsÜbersicht", "änderungs_übersicht"),
            ("", ""),
        ] {
            assert_eq!(snake(class), expected, "{class}");
        }
    }

    #[test]
    fn one_and_many() {
        for (one, many) in [("order", "orders"), ("category", "categories"), ("key", "keys")] {
            assert_eq!(plural(one), many);
            assert_eq!(singular(many), one);
        }
        for (one, many) in [("box", "boxes"), ("batch", "batches"), ("status", "status"), ("list", "list")] {
            assert_eq!(plural(one), many);
        }
    }

    #[test]
    fn names_with_what_is_around_them() {
        let text = "import abc\n\n\nclass A:\n    @abc.abstractmethod\n    def f(self):\n        def g(): ...\n\n\n\
                    def h(): ...\n\n\n@dataclass(frozen=True)\nclass B: ...\n";
        let module = crate::lower(text, &crate::parse(text));
        let definitions = &module.definitions;
        let names = |name: fn(&Definitions, FunctionId) -> String| -> Vec<String> {
            definitions.functions().map(|(id, _)| name(definitions, id)).collect()
        };
        assert_eq!(names(Definitions::qualified), ["A.f", "A.f.g", "h"]);
        assert_eq!(names(Definitions::short_name), ["A.f", "g", "h"]);
        let decorators = definitions
            .functions
            .iter()
            .flat_map(|it| &it.decorators)
            .chain(definitions.classes.iter().flat_map(|it| &it.decorators));
        let found: Vec<&str> = decorators.filter_map(|it| definitions.exprs.decorator_name(*it)).collect();
        assert_eq!(found, ["abstractmethod", "dataclass"]);
    }
}
