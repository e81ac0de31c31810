//! Module-level names that other code replaces at run time: `mock.patch("shop.orders.now")`,
//! `patch.object(orders, "now")`, `monkeypatch.setattr(...)`, `orders.now = fake`.
//!
//! The code under test looks up such a name in that module. If the code moves elsewhere, or the name is bound earlier,
//! the replacement has no effect.

use python::{
    Arg, Bodies, Definitions, Expr, ExprArena, ExprId, FStringPart, ImportKind, Imports, Literal, Name, Stmt,
};
use rustc_hash::FxHashSet;

use crate::{ModuleId, Modules, Resolved, RootId, Target};

/// A module-level name that is replaced.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Replaced {
    /// The module in which the name is looked up.
    pub module: ModuleId,
    /// The name; `None` if it is computed, so that it can be any.
    pub name: Option<Name>,
    /// How it is written.
    pub form: Form,
}

/// The syntax of a replacement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// `patch("shop.orders.now")`: one string.
    Text,
    /// `patch.object(orders, "now")`: the module as an object and a string.
    Object,
    /// `patch.multiple("shop.orders", now=fake)`.
    Multiple,
    /// `orders.now = fake`
    Assigned,
    /// A complete string elsewhere in the file: `TARGET = "shop.orders.now"`, `patch(TARGET)`.
    Constant,
    /// A computed string: `patch(f"{MODULE}.now")`.
    Computed,
}

/// The names that a module replaces in project modules, without duplicates.
pub(crate) fn replaced(
    modules: &Modules,
    root: RootId,
    (imports, resolved): (&Imports, &[Resolved]),
    definitions: &Definitions,
    bodies: &Bodies,
) -> Vec<Replaced> {
    let mut reader = Reader {
        modules,
        root,
        imports,
        resolved,
        computed: Vec::new(),
        out: Vec::new(),
        seen: FxHashSet::default(),
    };
    let arenas = || bodies.list.iter().map(|body| &body.exprs).chain([&definitions.exprs]);
    for exprs in arenas() {
        for expr in &exprs.list {
            if let Expr::Call { callee, args } = expr {
                reader.call(exprs, *callee, args);
            }
        }
    }
    for body in &bodies.list {
        for stmt in &body.stmts {
            match stmt {
                Stmt::Assign { targets, .. } => {
                    targets.iter().for_each(|target| reader.assigned(&body.exprs, *target));
                }
                Stmt::AugAssign { target, .. } => reader.assigned(&body.exprs, *target),
                _ => {}
            }
        }
    }
    if !reader.computed.is_empty() {
        for exprs in arenas() {
            for expr in &exprs.list {
                if let Expr::Literal(Literal::Str(text)) = expr {
                    reader.part(text);
                }
            }
        }
    }
    reader.out
}

struct Reader<'a> {
    modules: &'a Modules,
    root: RootId,
    imports: &'a Imports,
    resolved: &'a [Resolved],
    /// The endings of computed strings, one for each call with such an argument; `None` if the ending is computed as
    /// well.
    computed: Vec<Option<Name>>,
    out: Vec<Replaced>,
    seen: FxHashSet<Replaced>,
}

impl Reader<'_> {
    fn push(&mut self, module: ModuleId, name: Option<&str>, form: Form) {
        let it = Replaced { module, name: name.map(Name::from), form };
        if self.seen.insert(it.clone()) {
            self.out.push(it);
        }
    }

    fn call(&mut self, exprs: &ExprArena, callee: ExprId, args: &[Arg]) {
        let Some(callee) = exprs.dotted(callee) else { return };
        let mut names = callee.rsplit('.');
        let (last, before) = (names.next().unwrap_or_default(), names.next());
        let mut positional = args.iter().filter_map(|arg| match arg {
            Arg::Positional(id) => Some(*id),
            _ => None,
        });
        let Some(first) = positional.next() else { return };
        let second = positional.next();
        match (before, last) {
            (_, "patch") => self.target(exprs, first, None),
            (Some("patch"), "object") | (_, "setattr" | "delattr" | "spy" | "stub") => {
                self.target(exprs, first, second);
            }
            (Some("patch"), "multiple") => {
                for module in self.modules_at(exprs, first) {
                    for arg in args {
                        if let Arg::Keyword(name, _) = arg {
                            self.push(module, Some(name), Form::Multiple);
                        }
                    }
                }
            }
            _ => {}
        }
    }

    /// The target of a call: a complete string, or a name of an object.
    fn target(&mut self, exprs: &ExprArena, first: ExprId, second: Option<ExprId>) {
        match &exprs[first] {
            Expr::Literal(Literal::Str(text)) => self.text(text, Form::Text),
            Expr::FString(parts) => match parts.first() {
                Some(FStringPart::Text(text)) => {
                    if let Some(module) = self.modules.by_name(text.trim_end_matches('.'), self.root) {
                        self.push(module, None, Form::Computed);
                    }
                }
                _ => self.computed.push(match parts.last() {
                    Some(FStringPart::Text(text)) => ending(text),
                    _ => None,
                }),
            },
            Expr::Binary { right, .. } => self.computed.push(match &exprs[*right] {
                Expr::Literal(Literal::Str(text)) => ending(text),
                _ => None,
            }),
            Expr::Call { .. } => self.computed.push(None),
            Expr::Name(_) if second.is_none() => self.computed.push(None),
            _ => {
                let Some(second) = second else { return };
                for module in self.modules_at(exprs, first) {
                    match &exprs[second] {
                        Expr::Literal(Literal::Str(name)) => self.push(module, Some(name), Form::Object),
                        _ => self.push(module, None, Form::Computed),
                    }
                }
            }
        }
    }

    /// A string with a module and one name in it.
    fn text(&mut self, text: &str, form: Form) {
        let Some((module, name)) = text.rsplit_once('.') else { return };
        if let Some(module) = self.modules.by_name(module, self.root) {
            self.push(module, Some(name), form);
        }
    }

    /// A string that is a part of computed strings.
    fn part(&mut self, text: &str) {
        let is_dotted =
            |text: &str| text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '.'));
        if !text.contains('.') || !is_dotted(text) {
            return;
        }
        match self.modules.by_name(text, self.root) {
            Some(module) => {
                for name in self.computed.clone() {
                    self.push(module, name.as_deref(), Form::Computed);
                }
            }
            None => self.text(text, Form::Constant),
        }
    }

    fn assigned(&mut self, exprs: &ExprArena, target: ExprId) {
        let Expr::Attribute { value, name } = &exprs[target] else { return };
        for module in self.modules_at(exprs, *value) {
            self.push(module, Some(name), Form::Assigned);
        }
    }

    /// The modules that an expression can refer to: an imported name with a chain of attributes, a string, or
    /// `sys.modules["shop.orders"]`.
    fn modules_at(&self, exprs: &ExprArena, id: ExprId) -> Vec<ModuleId> {
        let named = |text: &str| self.modules.by_name(text, self.root).into_iter().collect();
        match &exprs[id] {
            Expr::Literal(Literal::Str(text)) => named(text),
            Expr::Subscript { value, index } if exprs.dotted(*value).as_deref() == Some("sys.modules") => {
                match &exprs[*index] {
                    Expr::Literal(Literal::Str(text)) => named(text),
                    _ => Vec::new(),
                }
            }
            _ => exprs.dotted(id).map(|dotted| self.modules_called(&dotted)).unwrap_or_default(),
        }
    }

    /// Each test of a file may import a different module under one name.
    fn modules_called(&self, dotted: &str) -> Vec<ModuleId> {
        let (first, rest) = dotted.split_once('.').unwrap_or((dotted, ""));
        let imports = self.imports.list.iter().zip(self.resolved);
        let binding = imports.filter(|(import, _)| import.bound_name() == Some(first));
        let mut modules: Vec<ModuleId> = binding
            .filter_map(|(import, resolved)| {
                let base = if import.kind == ImportKind::Module && import.alias.is_none() {
                    Name::from(first)
                } else {
                    match &resolved.target {
                        Target::Module(id) => self.modules[*id].name.clone(),
                        Target::Symbol { origin, origin_name, .. } if origin_name.is_empty() => {
                            self.modules[*origin].name.clone()
                        }
                        Target::Namespace(name) => name.clone(),
                        _ => return None,
                    }
                };
                let full = if rest.is_empty() { base } else { format!("{base}.{rest}").into() };
                self.modules.by_name(&full, self.root)
            })
            .collect();
        modules.dedup();
        modules
    }
}

/// The single name after a dot at the end of a string, if there is nothing more to it.
fn ending(text: &str) -> Option<Name> {
    let name = text.strip_prefix('.')?;
    (!name.is_empty() && !name.contains('.')).then(|| name.into())
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::fixture::Fixture;
    use crate::query;

    const PROJECT: &str = "\
//- pyproject.toml
//- shop/__init__.py
//- shop/orders.py
def now(): ...
//- shop/clock.py
def tick(): ...
//- tests/test_it.py
";

    /// Code of a test, and what it replaces.
    const CASES: &[(&str, &str)] = &[
        (
            "from unittest.mock import patch\n@patch(\"shop.orders.now\")\ndef test(now): ...\n",
            "shop.orders now Text",
        ),
        (
            "def test(mocker):\n    mocker.patch(\"shop.orders.now\", return_value=1)\n",
            "shop.orders now Text",
        ),
        (
            "from shop import orders\ndef test(monkeypatch):\n    monkeypatch.setattr(orders, \"now\", None)\n",
            "shop.orders now Object",
        ),
        (
            "import shop.orders\nfrom unittest import mock\nwith mock.patch.object(shop.orders, \"now\"): ...\n",
            "shop.orders now Object",
        ),
        ("import shop.orders as o\no.now = None\n", "shop.orders now Assigned"),
        (
            "def a():\n    import shop.clock as o\n    o.x = 1\ndef b():\n    import shop.orders as o\n    o.now = 1\n",
            "shop.clock x Assignedshop.orders x Assignedshop.clock now Assignedshop.orders now Assigned",
        ),
        (
            "from unittest.mock import patch\nwith patch.multiple(\"shop.orders\", now=1): ...\n",
            "shop.orders now Multiple",
        ),
        (
            "from unittest.mock import patch\nM = \"shop.orders\"\n@patch(f\"{M}.now\")\ndef test(now): ...\n",
            "shop.orders now Computed",
        ),
        (
            "from unittest.mock import patch\nN = \"x\"\n@patch(f\"shop.clock.{N}\")\ndef test(now): ...\n",
            "shop.clock * Computed",
        ),
        (
            "from unittest.mock import patch\nT = \"shop.orders.now\"\n@patch(T)\ndef test(now): ...\n",
            "shop.orders now Constant",
        ),
        // A replacement in a class rather than in a module, and one in a module outside the project.
        (
            "from unittest.mock import patch\n@patch(\"shop.orders.Order.total\")\n@patch(\"os.path.exists\")\ndef test(): ...\n",
            "",
        ),
        ("def test(self):\n    setattr(self, \"now\", 1)\n    self.now = 2\n", ""),
    ];

    #[test]
    fn what_is_replaced() {
        for (text, expected) in CASES {
            let fixture = Fixture::new(&format!("{PROJECT}{text}"));
            let modules = fixture.modules();
            let found = query::replaced(&fixture.db, fixture.project, fixture.file("tests/test_it.py"));
            let mut shown = String::new();
            for it in found.iter() {
                let name = it.name.as_ref().map_or("*", |name| name.as_str());
                write!(shown, "{} {name} {:?}", modules[it.module].name, it.form)
                    .expect("a string takes all");
            }
            assert_eq!(shown, *expected, "{text}");
            let (module, name) = (fixture.module("shop/orders.py"), "now".into());
            let is_patched = query::is_patched(&fixture.db, fixture.project, module, name);
            assert_eq!(is_patched, expected.contains("shop.orders now"), "{text}");
        }
    }
}
