//! All uses of the moved names at the old place: `from a import X`, `a.X`, strings, and star imports.

use model::RootId;
use python::{ImportId, Name};
use source::{File, Span, TextEdit};
use view::ImportView;

use super::departure::Left;
use super::{Move, stars, through};
use crate::Changes;
use crate::head::{self, NewImport};
use crate::moves::after::Own;
use crate::moves::texts::{Named, Texts, follow_notes};
use crate::moves::{Refusal, documented, dotted, relative};
use crate::rewrite::{FileRewrite, Rewrite};
use crate::statement::Statement;

/// Makes all uses follow. Returns the files changed.
pub(super) fn follow<'a>(
    it: &Move<'_, 'a>,
    rewrite: &mut Rewrite<'a>,
    left: &Left,
) -> Result<Vec<File>, Refusal> {
    // A package continues to export it: its importers stay as they are.
    if it.source.info().is_package {
        return Ok(Vec::new());
    }
    let mut touched = Vec::new();
    let modules = &it.source.architecture.modules;
    for (id, info) in modules.iter() {
        let text = source::query::text(it.source.db, info.file);
        let words = it.names.iter().chain(&left.dropped).chain(&left.looked_up);
        let is_concerned = words.clone().any(|name| text.as_str().contains(name.as_str()))
            || text.as_str().contains("import *")
            || it.home.id == Some(id);
        if !is_concerned {
            continue;
        }
        let Some(edited) = rewrite.file(info.file) else { continue };
        let before = edited.text().to_owned();
        let mut follower = Follower { it, left, edited };
        if id != it.source.id {
            follower.redirect_all()?;
            through::follow(&mut follower)?;
            stars::follow(&mut follower)?;
        }
        follower.strings()?;
        if follower.edited.text() != before {
            touched.push(info.file);
        }
    }
    Ok(touched)
}

/// The names of the source module, from each root.
fn names_of_source(it: &Move<'_, '_>) -> Vec<(RootId, Name)> {
    let modules = &it.source.architecture.modules;
    let mut names: Vec<(RootId, Name)> = modules
        .by_name
        .iter()
        .flat_map(|(name, ids)| {
            ids.iter().filter(|(_, id)| *id == it.source.id).map(|(root, _)| (*root, name.clone()))
        })
        .collect();
    names.sort();
    names
}

/// Runs `work` with the names to search for in texts.
fn with_texts<T>(it: &Move<'_, '_>, work: impl FnOnce(&Texts<'_>) -> T) -> T {
    let cx = it.source;
    let new = |named: &Named<'_>| {
        let goes = named.id == Some(cx.id) && named.name.is_some_and(|name| it.goes(name));
        goes.then(|| home_as(it, named.module))
    };
    work(&Texts {
        db: cx.db,
        project: cx.project,
        modules: &cx.architecture.modules,
        names: names_of_source(it),
        new: &new,
        paths: Vec::new(),
    })
}

/// Makes files follow that aren't Python. A package continues to export what it exported.
pub(super) fn follow_texts(it: &Move<'_, '_>, changes: &mut Changes) {
    if it.source.info().is_package {
        return;
    }
    let home = it.home.create.first();
    for file in changes.created.iter_mut().filter(|file| Some(&file.path) == home) {
        let cx = it.source.with_text(&file.contents);
        let edits = with_texts(it, |texts| documented::edits(&cx, texts));
        if let Some(contents) = source::apply_edits(&file.contents, &edits) {
            file.contents = contents;
        }
    }
    #[allow(clippy::redundant_closure_for_method_calls, reason = "the method itself is of one lifetime")]
    let others = with_texts(it, |texts| texts.others());
    changes.others = others;
    changes.notes.extend(follow_notes(&changes.others, it.source.project.root(it.source.db)));
}

/// The target module under a name with the same root as `module`, a name of the source: projects that see a module from
/// two roots mix both.
fn home_as(it: &Move<'_, '_>, module: &str) -> String {
    let home = it.home.name();
    let outer = module.strip_suffix(it.source.own_name()).filter(|rest| rest.ends_with('.'));
    format!("{}{home}", outer.unwrap_or_default())
}

/// One file that follows.
pub(super) struct Follower<'c, 'm, 'a> {
    pub(super) it: &'c Move<'m, 'a>,
    pub(super) left: &'c Left,
    pub(super) edited: &'c mut FileRewrite<'a>,
}

impl Follower<'_, '_, '_> {
    pub(super) fn is_home(&self) -> bool {
        self.it.home.id == Some(self.edited.cx.id)
    }

    pub(super) fn apply(&mut self, edits: &[TextEdit]) -> Result<(), Refusal> {
        let name = self.edited.cx.own_name().to_owned();
        self.edited.apply(edits).ok_or_else(|| Refusal::new(format!("edits of {name} overlap")))
    }

    /// See [`home_as`].
    pub(super) fn home_as(&self, module: &str) -> String {
        home_as(self.it, module)
    }

    /// The part after `from` for the target module, in the form in which an import names the source.
    pub(super) fn clause(&self, view: &ImportView<'_>) -> String {
        let own = Own::of(self.edited.cx.info());
        let module = relative::absolute(&own, view.import).unwrap_or_default();
        relative::written(&own, &self.home_as(&module), view.import.level > 0)
    }

    fn redirect_all(&mut self) -> Result<(), Refusal> {
        while let Some(id) = self.it.import_of_it(&self.edited.cx) {
            self.redirect(id)?;
        }
        Ok(())
    }

    /// Makes an import take one name from the target module.
    fn redirect(&mut self, id: ImportId) -> Result<(), Refusal> {
        let cx = self.edited.cx.clone();
        let refusal = || Refusal::new(format!("an import in {} can't be changed", cx.own_name()));
        let view = cx.import(id).ok_or_else(refusal)?;
        let statement = Statement::of(&cx, id).ok_or_else(refusal)?;
        let (clause, item) = (self.clause(&view), statement.item(id).to_owned());
        let lines = statement.lines;
        let is_plain = lines.after(statement.span.end).trim().is_empty()
            && lines.before(statement.span.start).is_empty()
            && !lines.slice(statement.span).contains(['#', '\\']);
        let is_plain = is_plain && statement.comment_above().is_none();
        let in_head = head::statements(&cx).iter().any(|other| other.imports.contains(&id));
        if in_head && is_plain {
            let own: Vec<TextEdit> = statement.without(&[id]).ok_or_else(refusal)?;
            let new = NewImport::from(format!("from {clause}"), vec![&item], None);
            let mut all = head::insert(&cx, &new);
            // If the new statement would be adjacent to the old one, it replaces it.
            let neighbours = [lines.start(statement.span.start), lines.next(statement.span.end)];
            let stays = statement.imports.len() == 1
                && matches!(&*all, [one] if neighbours.contains(&one.span.start));
            all.extend(own);
            if !stays && source::apply_edits(cx.text.as_str(), &all).is_some() {
                return self.apply(&all);
            }
        }
        if statement.imports.len() == 1 {
            return self.apply(&[TextEdit { span: view.spans.module, insert: clause }]);
        }
        let mut edits = statement.without(&[id]).ok_or_else(refusal)?;
        edits.push(below(&statement, &format!("from {clause} import {item}")));
        self.apply(&edits)
    }

    /// Strings: settings and tasks name the new place. A name that a test patches stays where code looks it up.
    fn strings(&mut self) -> Result<(), Refusal> {
        let text = self.edited.text().to_owned();
        let (it, left) = (self.it, self.left);
        let edits = dotted::edits(&self.edited.cx, |reference| {
            let name: Name = reference.name()?.into();
            if reference.id != it.source.id {
                return None;
            }
            let is_exact = reference.rest.len() == 1 + name.len();
            let replaced = replaces(&text, reference.span.start);
            let follows = if it.goes(&name) {
                !(is_exact && replaced && left.kept.contains(&name))
            } else {
                replaced && (left.dropped.contains(&name) || is_exact && left.looked_up.contains(&name))
            };
            follows.then(|| self.home_as(reference.module))
        });
        self.apply(&edits)?;
        let edits = with_texts(it, |texts| documented::edits(&self.edited.cx, texts));
        self.apply(&edits)
    }
}

/// A statement after another one, in the same block.
pub(super) fn below(statement: &Statement<'_>, text: &str) -> TextEdit {
    let lines = statement.lines;
    let before = lines.before(statement.span.start);
    let end = statement.span.end;
    if before.trim().is_empty() {
        let at = lines.end(end);
        // Comments for linters apply to both statements.
        let comment = lines.after(end).trim();
        let comment = if comment.contains("noqa") { format!("  {comment}") } else { String::new() };
        return TextEdit {
            span: Span::new(at, at),
            insert: format!("{}{before}{text}{comment}", lines.ending()),
        };
    }
    TextEdit { span: Span::new(end, end), insert: format!("; {text}") }
}

/// Whether a string at `start` is the target of a patch: the first argument of `patch(...)` or `setattr(...)`.
fn replaces(text: &str, start: u32) -> bool {
    let before = text.get(..(start as usize).saturating_sub(1)).unwrap_or_default().trim_end();
    let Some(callee) = before.strip_suffix('(') else { return false };
    ["patch", "setattr", "delattr", "spy", "stub"].iter().any(|name| callee.ends_with(name))
}
