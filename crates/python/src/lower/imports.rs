//! Import statements.

use source::Span;

use super::Lowering;
use super::kinds::{Field, Kind};
use crate::{Import, ImportContext, ImportId, ImportKind, ImportSpans, Name};

/// The imports so far.
#[derive(Default)]
pub(super) struct ImportsFound {
    pub(super) list: Vec<Import>,
    pub(super) spans: Vec<ImportSpans>,
    pub(super) statements: u32,
    /// Names that `from typing import TYPE_CHECKING as ...` bound.
    pub(super) type_checking: Vec<Name>,
    /// Names that load modules by a string.
    pub(super) loaders: Vec<super::dynamic::Loader>,
}

impl ImportsFound {
    /// Whether `name` is an alias of `TYPE_CHECKING`.
    pub(super) fn means_type_checking(&self, name: &str) -> bool {
        self.type_checking.iter().any(|known| known == name)
    }

    pub(super) fn push(&mut self, import: Import, spans: ImportSpans) -> ImportId {
        if import.name.as_deref() == Some("TYPE_CHECKING") {
            self.type_checking.extend(import.alias.clone());
        }
        self.note_loader(&import);
        self.list.push(import);
        self.spans.push(spans);
        ImportId(self.list.len() as u32 - 1)
    }

    pub(super) fn next_statement(&mut self) -> u32 {
        self.statements += 1;
        self.statements - 1
    }
}

/// `a.b as c`
struct Item {
    name: Span,
    alias: Option<Name>,
    whole: Span,
}

/// What the names of one statement have in common.
struct Head {
    statement: Span,
    number: u32,
    context: ImportContext,
    level: u8,
    module: Span,
    module_name: Name,
}

impl Head {
    fn new(statement: Span, context: ImportContext) -> Self {
        Self {
            statement,
            number: 0,
            context,
            level: 0,
            module: Span::default(),
            module_name: Name::default(),
        }
    }
}

/// How to treat a name after a syntax error.
enum Salvage {
    Keep,
    Drop,
    OwnStatement(Span),
}

impl Lowering<'_> {
    /// The import statement under the cursor; `statement` includes `lazy`.
    pub(super) fn import_statement(&mut self, kind: Kind, statement: Span, lazy: bool) -> Box<[ImportId]> {
        let mut context = ImportContext { lazy, ..self.context };
        if self.stands_oddly(statement) {
            context.conditional = true;
        }
        let number = self.imports.next_statement();
        let mut head = Head {
            statement,
            number,
            context,
            level: 0,
            module: Span::default(),
            module_name: Name::default(),
        };
        let mut ids = Vec::new();
        let mut broken = false;
        self.each_node(|this, part| match part {
            Kind::Token if kind == Kind::ImportFuture && this.walk.text() == "__future__" => {
                head.module = this.walk.span();
                head.module_name = Name::new_static("__future__");
            }
            Kind::Token => {}
            Kind::Error => broken = true,
            Kind::Wildcard => {
                let span = this.walk.span();
                ids.push(this.import(
                    ImportKind::Star,
                    &head,
                    &Item { name: span, alias: None, whole: span },
                ));
            }
            Kind::RelativeImport => (head.level, head.module_name, head.module) = this.relative(),
            _ if kind != Kind::Import && this.walk.field() != Field::Name => {
                head.module = this.walk.span();
                head.module_name = dotted(this.walk.text());
            }
            _ => {
                let item = this.item(part);
                let mut form = if kind == Kind::Import { ImportKind::Module } else { ImportKind::From };
                match if broken { this.salvage(statement) } else { Salvage::Keep } {
                    Salvage::Keep => {}
                    Salvage::Drop => return,
                    Salvage::OwnStatement(span) => {
                        let number = this.imports.next_statement();
                        let context = head.context;
                        head = Head { number, ..Head::new(span, context) };
                        form = ImportKind::Module;
                    }
                }
                ids.push(this.import(form, &head, &item));
            }
        });
        ids.into()
    }

    fn import(&mut self, kind: ImportKind, head: &Head, item: &Item) -> ImportId {
        let name = dotted(self.walk.slice(item.name));
        let (module, module_span, name) = match kind {
            ImportKind::Module => (name, item.name, None),
            ImportKind::From => (head.module_name.clone(), head.module, Some(name)),
            ImportKind::Star | ImportKind::Dynamic => (head.module_name.clone(), head.module, None),
        };
        let import = Import {
            kind,
            level: head.level,
            module,
            name,
            alias: item.alias.clone(),
            statement: head.number,
            context: head.context,
        };
        let spans =
            ImportSpans { statement: head.statement, module: module_span, name: item.name, item: item.whole };
        self.imports.push(import, spans)
    }

    fn item(&mut self, kind: Kind) -> Item {
        let whole = self.walk.span();
        let mut item = Item { name: whole, alias: None, whole };
        if kind == Kind::AliasedImport {
            self.each(|this, _| match this.walk.field() {
                Field::Name => item.name = this.walk.span(),
                Field::Alias => item.alias = Some(Name::new(this.walk.text())),
                _ => {}
            });
        }
        item
    }

    /// The dots, the module and the position of `..a.b`.
    fn relative(&mut self) -> (u8, Name, Span) {
        let span = self.walk.span();
        let mut level = 0u8;
        let mut module = Name::default();
        self.each(|this, kind| {
            let text = this.walk.text();
            if kind == Kind::ImportPrefix {
                let dots = text.bytes().filter(|byte| *byte == b'.').count();
                level = dots.try_into().unwrap_or(u8::MAX);
            } else {
                module = dotted(text);
            }
        });
        (level, module, span)
    }

    /// The extent of an import statement, and whether it is lazy.
    ///
    /// The grammar doesn't know `lazy` (PEP 810): it is in a separate ERROR node beside the statement, or before the
    /// block if the statement is the first in it. Anything else before an import on its line means that it belongs to
    /// broken code (`from  import a`) and isn't a statement.
    pub(super) fn import_extent(&self, statement: Span) -> Option<(Span, bool)> {
        let before = self.walk.slice(Span::new(0, statement.start));
        if begins_statement(before) {
            return Some((statement, false));
        }
        let word = before.trim_end_matches([' ', '\t']);
        let start = word.strip_suffix("lazy")?;
        let lazy = word.len() < before.len() && begins_statement(start);
        lazy.then(|| (Span::new(start.len() as u32, statement.end), true))
    }

    /// How to treat a name in a broken statement: `from . import` above `import a` is parsed as one statement in which
    /// the second `import` is the error.
    fn salvage(&self, statement: Span) -> Salvage {
        let at = self.walk.span();
        let between = self.walk.slice(Span::new(statement.start, at.start));
        let Some(line) = between.rfind('\n') else { return Salvage::Keep };
        let line = &between[line + 1..];
        let word = line.trim_start();
        if word.starts_with("import ") {
            Salvage::OwnStatement(Span::new(at.start - word.len() as u32, at.end))
        } else if between.contains('(') {
            Salvage::Keep
        } else {
            Salvage::Drop
        }
    }

    /// An indented import at the top level belongs to code that is currently unreadable.
    fn stands_oddly(&self, statement: Span) -> bool {
        if self.context.scope != crate::Scope::Module || self.block_depth > 1 {
            return false;
        }
        let before = self.walk.slice(Span::new(0, statement.start));
        before.ends_with([' ', '\t']) && before.trim_end_matches([' ', '\t']).ends_with('\n')
    }
}

/// Whether a statement can begin after this text.
fn begins_statement(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '\t', '\u{c}']);
    before.is_empty() || before.ends_with(['\n', '\r', ';', ':', '\u{feff}'])
}

/// A dotted name without the spaces that Python permits around its dots.
fn dotted(written: &str) -> Name {
    let separates = |c: char| c.is_whitespace() || c == '\\' || c == '#';
    if !written.contains(separates) {
        return Name::new(written);
    }
    let part =
        |part: &str| part.split(separates).find(|word| !word.is_empty()).unwrap_or_default().to_owned();
    written.split('.').map(part).collect::<Vec<_>>().join(".").into()
}
