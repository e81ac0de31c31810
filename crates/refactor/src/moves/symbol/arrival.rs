//! The target module: the dependencies are imported there, and the code is inserted in a fitting place.

use python::{ImportKind, Scope};
use source::{TextEdit, apply_edits};
use view::Context;

use super::block::Piece;
use super::needs::{Needed, Needs};
use super::{Move, placing, probe};
use crate::head::{self, NewImport};
use crate::lines::Lines;
use crate::moves::Refusal;
use crate::moves::files::has_word;
use crate::rewrite::{At, Home as Whose, Rewrite};
use crate::statement::Statement;
use crate::{bindings, type_checking};

/// Inserts the pieces into the target. Returns the module if it is new.
pub(super) fn arrive<'a>(
    it: &Move<'_, 'a>,
    rewrite: &mut Rewrite<'a>,
    pieces: &[Piece],
    needs: &Needs,
) -> Result<Option<Context<'a>>, Refusal> {
    let block = block(it, pieces, needs)?;
    let is_definition = pieces.iter().any(|piece| piece.is_definition);
    let Some(id) = it.home.id else { return create(it, rewrite, &block, needs).map(Some) };
    let file = it.source.file_of(id);
    let name = it.home.name();
    let edited = rewrite.file(file).ok_or_else(|| Refusal::new(format!("{name} can't be read")))?;
    let mut at = Arrival { it, cx: edited.cx.clone() };
    at.forget()?;
    at.check_clashes()?;
    at.defer_annotations(needs)?;
    for needed in &needs.imports {
        at.import(needed)?;
    }
    at.make_loggers(needs)?;
    let offset = placing::place(&at.cx, &it.names, &needs.from_home, is_definition)?;
    let ending = Lines { text: at.cx.text.as_str() }.ending();
    let block = block.replace('\n', ending);
    at.apply(&[placing::insertion(at.cx.text.as_str(), offset, &block, is_definition, ending)])?;
    // A text without any line ending takes that of the source.
    let source = Lines { text: it.source.text.as_str() }.ending();
    if source != "\n" && !edited.cx.text.as_str().contains('\n') {
        at.cx = at.cx.with_text(&at.cx.text.as_str().replace('\n', source));
    }
    edited.cx = at.cx;
    Ok(None)
}

/// The text that moves, with `\n` as line endings, in its original order.
fn block(it: &Move<'_, '_>, pieces: &[Piece], needs: &Needs) -> Result<String, Refusal> {
    let mut sorted: Vec<&Piece> = pieces.iter().collect();
    sorted.sort_by_key(|piece| piece.span.start);
    let mut text = String::new();
    for (index, piece) in sorted.iter().enumerate() {
        let start = piece.span.start;
        let edits: Vec<TextEdit> = needs
            .edits
            .iter()
            .filter(|edit| piece.span.contains(edit.span))
            .map(|edit| TextEdit {
                span: source::Span::new(edit.span.start - start, edit.span.end - start),
                insert: edit.insert.clone(),
            })
            .collect();
        let own = apply_edits(it.source.text.slice(piece.span), &edits)
            .ok_or_else(|| Refusal::new("its imports can't be separated"))?;
        if index > 0 {
            let wide = piece.is_definition || sorted[index - 1].is_definition;
            text.push_str(if wide { "\n\n\n" } else { "\n" });
        }
        text.push_str(own.replace("\r\n", "\n").trim_end());
    }
    Ok(text)
}

/// The new module, and the missing packages around it.
fn create<'a>(
    it: &Move<'_, 'a>,
    rewrite: &mut Rewrite<'a>,
    block: &str,
    needs: &Needs,
) -> Result<Context<'a>, Refusal> {
    let mut text = String::new();
    for statement in statements(needs) {
        text.push_str(&statement);
        text.push('\n');
    }
    if !text.is_empty() {
        text.push_str(if placing::begins_definition(block) { "\n\n" } else { "\n" });
    }
    text.push_str(block);
    text.push('\n');
    let mut at = Arrival { it, cx: it.source.with_text(&text) };
    for needed in &needs.imports {
        at.import(needed)?;
    }
    if probe::defers_annotations(&it.source.module.imports) {
        let rest = at.cx.text.as_str().to_owned();
        let gap = if rest.starts_with("import ") || rest.starts_with("from ") { "\n" } else { "\n\n" };
        at.cx = at.cx.with_text(&format!("from __future__ import annotations\n{gap}{rest}"));
    }
    for (index, path) in it.home.create.iter().enumerate() {
        let text = if index == 0 { at.cx.text.as_str() } else { "" };
        rewrite.create(path.clone(), text).ok_or_else(|| Refusal::new(format!("{path} can't be created")))?;
    }
    Ok(at.cx)
}

/// The loggers that the target module lacks, with `\n` as line endings.
fn statements(needs: &Needs) -> impl Iterator<Item = String> {
    needs.loggers.iter().filter_map(|it| Some(it.statement.as_ref()?.replace("\r\n", "\n")))
}

/// The target module while it is edited.
struct Arrival<'c, 'm, 'a> {
    it: &'c Move<'m, 'a>,
    cx: Context<'a>,
}

impl Arrival<'_, '_, '_> {
    fn apply(&mut self, edits: &[TextEdit]) -> Result<(), Refusal> {
        let text = apply_edits(self.cx.text.as_str(), edits)
            .ok_or_else(|| Refusal::new(format!("edits of {} overlap", self.it.home.name())))?;
        self.cx = self.cx.with_text(&text);
        Ok(())
    }

    /// Removes its imports of the names that now move in.
    fn forget(&mut self) -> Result<(), Refusal> {
        let it = self.it;
        while let Some(id) = it.import_of_it(&self.cx) {
            let import = &self.cx.module.imports[id];
            if import.alias.is_some() && import.alias != import.name {
                return Err(Refusal::new(format!("{} calls it otherwise", it.home.name())));
            }
            let edits = Statement::of(&self.cx, id)
                .and_then(|statement| statement.without(&[id]))
                .ok_or_else(|| Refusal::new(format!("an import in {} can't be taken out", it.home.name())))?;
            self.apply(&edits)?;
        }
        Ok(())
    }

    fn check_clashes(&self) -> Result<(), Refusal> {
        for name in &self.it.names {
            if self.binds_at_top_level(name) {
                return Err(Refusal::new(format!("{} has a `{name}` already", self.it.home.name())));
            }
        }
        Ok(())
    }

    fn binds_at_top_level(&self, name: &str) -> bool {
        let at_top_level = |scope: Scope| scope == Scope::Module;
        let definitions = &self.cx.module.definitions;
        definitions.classes.iter().any(|it| at_top_level(it.scope) && it.name == name)
            || definitions.functions.iter().any(|it| at_top_level(it.scope) && it.name == name)
            || definitions.variables.iter().any(|it| at_top_level(it.scope) && it.name == name)
            || self
                .cx
                .imports()
                .any(|view| at_top_level(view.import.context.scope) && view.import.bound_name() == Some(name))
            || self.cx.module.bodies.list.iter().any(|body| body.declares_global(name))
    }

    /// Adds the future import if the annotations that move in must not be evaluated, and those of the module are.
    fn defer_annotations(&mut self, needs: &Needs) -> Result<(), Refusal> {
        if !needs.deferred || probe::defers_annotations(&self.cx.module.imports) {
            return Ok(());
        }
        let definitions = &self.cx.module.definitions;
        let is_annotated = definitions.variables.iter().any(|variable| variable.annotation.is_some())
            || definitions.functions.iter().any(|function| {
                function.returns.is_some()
                    || function.parameters.iter().any(|parameter| parameter.annotation.is_some())
            });
        if is_annotated {
            return Err(Refusal::new(format!(
                "its annotations are not evaluated where it is, but would be in {}, which lacks `from __future__ import annotations`",
                self.it.home.name()
            )));
        }
        let new = NewImport::from("from __future__".to_owned(), vec!["annotations"], None);
        let lines = Lines { text: self.cx.text.as_str() };
        let statement = head::written(&self.cx, &new, "");
        let edit = head::first(lines, self.cx.module.spans.import_insertion, &statement);
        self.apply(&[edit])
    }

    /// Imports a dependency, unless it is already there.
    fn import(&mut self, needed: &Needed) -> Result<(), Refusal> {
        if needed
            .absolute
            .strip_prefix(self.it.home.name().as_str())
            .is_some_and(|rest| rest.strip_prefix('.').is_some_and(|name| name == needed.bound.as_str()))
        {
            return Ok(());
        }
        let clash = || {
            Err(Refusal::new(format!("`{}` means something else in {}", needed.bound, self.it.home.name())))
        };
        let mut guarded = Vec::new();
        for view in self.cx.imports() {
            let context = view.import.context;
            if view.import.bound_name() != Some(&needed.bound) || context.scope != Scope::Module {
                continue;
            }
            let both_plain = needed.clause.is_none()
                && view.import.kind == ImportKind::Module
                && view.import.alias.is_none()
                && !needed.item.contains(" as ");
            if view.resolved.absolute != needed.absolute {
                // `import a.b` and `import a.c` can coexist.
                if both_plain {
                    continue;
                }
                return clash();
            }
            if needed.at == At::TypeChecking
                || (context.at_import_time() && !context.conditional && !context.optional)
            {
                return Ok(());
            }
            if context.conditional || context.optional {
                return clash();
            }
            guarded.push(view.id);
        }
        if guarded.is_empty() && self.binds_otherwise(&needed.bound) {
            return clash();
        }
        if bindings::is_builtin_name(&needed.bound)
            && has_word(self.cx.text.as_str(), &needed.bound)
            && self.it.home.id.is_some()
        {
            return clash();
        }
        for id in guarded.into_iter().rev() {
            if let Some(edits) = Statement::of(&self.cx, id).and_then(|statement| statement.without(&[id])) {
                self.apply(&edits)?;
            }
        }
        self.write(needed)
    }

    /// Makes the loggers below the imports.
    fn make_loggers(&mut self, needs: &Needs) -> Result<(), Refusal> {
        for logger in &needs.loggers {
            let Some(statement) = &logger.statement else { continue };
            let offset = placing::place(&self.cx, std::slice::from_ref(&logger.name), &[], false)?;
            let text = self.cx.text.as_str();
            let ending = Lines { text }.ending();
            let statement = statement.replace("\r\n", "\n").replace('\n', ending);
            self.apply(&[placing::insertion(text, offset, &statement, false, ending)])?;
        }
        Ok(())
    }

    fn binds_otherwise(&self, name: &str) -> bool {
        let plain_package = self.cx.imports().any(|view| {
            view.import.context.scope == Scope::Module
                && view.import.bound_name() == Some(name)
                && view.import.kind == ImportKind::Module
        });
        !plain_package && !self.it.goes(name) && self.binds_at_top_level(name)
    }

    fn write(&mut self, needed: &Needed) -> Result<(), Refusal> {
        let new = match &needed.clause {
            Some(clause) => NewImport::from(format!("from {clause}"), vec![&needed.item], None),
            None => NewImport::module(&needed.item),
        };
        let lines = Lines { text: self.cx.text.as_str() };
        let edits = match (needed.at, needed.whose) {
            (At::TypeChecking, _) => {
                type_checking::under_type_checking(&self.cx, lines, &new).ok_or_else(|| {
                    Refusal::new(format!(
                        "there is no place for `if TYPE_CHECKING:` in {}",
                        self.it.home.name()
                    ))
                })?
            }
            (At::RunTime, Whose::Project) => head::insert(&self.cx, &new),
            (At::RunTime, Whose::ThirdParty) => head::insert_third_party(&self.cx, &new),
            (At::RunTime, Whose::Standard) => head::insert_standard(&self.cx, &new),
        };
        self.apply(&edits)
    }
}
