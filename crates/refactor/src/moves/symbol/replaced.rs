//! Names that tests (and other code) patch in the source module: they must be patched where they are looked up
//! afterwards.

use model::references::Form;
use model::{PathRole, Target};
use python::Name;
use source::File;
use view::Context;

use super::departure::Left;
use super::needs::Needs;
use super::{Move, probe};
use crate::moves::{Refusal, chain};

/// A file that patches a name of the source module.
struct Replacement {
    file: File,
    /// `None` for any name.
    name: Option<Name>,
    form: Form,
}

/// All patches in the source module.
pub(super) struct Replacements {
    list: Vec<Replacement>,
}

/// Without one of these words, a file can only patch by assignment.
const WORDS: [&str; 5] = ["patch", "setattr", "delattr", "spy", "stub"];

impl Replacements {
    /// Reads the files that mention the module and could patch something in it.
    pub(super) fn of(cx: &Context<'_>) -> Self {
        let modules = &cx.architecture.modules;
        let last = cx.own_name().rsplit('.').next().unwrap_or_default();
        let assigns = format!("{last}.");
        let mut list = Vec::new();
        for (_, info) in modules.iter().filter(|(id, _)| *id != cx.id) {
            let text = source::query::text(cx.db, info.file);
            let text = text.as_str();
            if !text.contains(last) {
                continue;
            }
            let is_concerned = WORDS.iter().any(|word| text.contains(word))
                || (text.contains(&assigns) || text.contains(" as ")) && text.contains(" = ");
            if !is_concerned {
                continue;
            }
            for it in model::query::replaced(cx.db, cx.project, info.file).iter() {
                if it.module == cx.id {
                    list.push(Replacement { file: info.file, name: it.name.clone(), form: it.form });
                }
            }
        }
        Self { list }
    }

    /// Names that code of the project other than tests rebinds.
    pub(super) fn by_code(&self, cx: &Context<'_>) -> Vec<Name> {
        let modules = &cx.architecture.modules;
        let is_code = |file| modules.of_file(file).is_some_and(|id| modules[id].role == PathRole::Code);
        self.list.iter().filter(|it| is_code(it.file)).filter_map(|it| it.name.clone()).collect()
    }

    fn of_name(&self, name: &str) -> Vec<&Replacement> {
        self.list.iter().filter(|it| it.name.as_deref().is_none_or(|it| it == name)).collect()
    }

    /// The names whose patches follow to the new module although the names stay in the old one: nothing else looks them
    /// up there.
    ///
    /// # Errors
    /// If a name would have to be patched in both modules, or in a form that can't follow.
    pub(super) fn follow(
        &self,
        it: &Move<'_, '_>,
        after: &Context<'_>,
        needs: &Needs,
        left: &Left,
    ) -> Result<Vec<Name>, Refusal> {
        for name in &it.names {
            self.going(it, name, left)?;
        }
        let imported = needs.imports.iter().map(|needed| &needed.bound);
        let mut follows: Vec<Name> = Vec::new();
        for name in imported.chain(&needs.leaves) {
            if !follows.contains(name) && self.needed(it, after, name, left)? {
                follows.push(name.clone());
            }
        }
        Ok(follows)
    }

    /// A name that itself moves.
    fn going(&self, it: &Move<'_, '_>, name: &Name, left: &Left) -> Result<(), Refusal> {
        let found = self.of_name(name);
        if found.is_empty() {
            return Ok(());
        }
        let is_kept = left.kept.contains(name);
        let elsewhere = is_kept && is_reached_elsewhere(it, name);
        let can = |form: Form| match form {
            Form::Text | Form::Object | Form::Assigned => !elsewhere,
            Form::Constant => !is_kept,
            Form::Multiple | Form::Computed => is_kept && !elsewhere,
        };
        match found.iter().find(|it| !can(it.form)) {
            Some(first) => Err(refused(it, name, first)),
            None => Ok(()),
        }
    }

    /// A name that the moved code looks up; whether its patches follow.
    fn needed(
        &self,
        it: &Move<'_, '_>,
        after: &Context<'_>,
        name: &Name,
        left: &Left,
    ) -> Result<bool, Refusal> {
        let found = self.of_name(name);
        let Some(first) = found.first() else { return Ok(false) };
        let is_dropped = left.dropped.contains(name);
        let stays = it.source.info().is_package
            || !is_dropped && (is_used(after, name) || is_reached_elsewhere(it, name));
        let unable = found.iter().find(|it| !matches!(it.form, Form::Text | Form::Object));
        match unable.or(stays.then_some(first)) {
            Some(replacement) => Err(refused(it, name, replacement)),
            None => Ok(!is_dropped),
        }
    }
}

/// Whether a module uses a name that it defines or imports.
fn is_used(cx: &Context<'_>, name: &str) -> bool {
    let imported = cx.module.uses.iter().filter_map(|used| cx.import(used.import));
    imported.into_iter().any(|view| view.import.bound_name() == Some(name))
        || !probe::uses(cx.text.as_str(), [name]).is_empty()
}

fn refused(it: &Move<'_, '_>, name: &str, replacement: &Replacement) -> Refusal {
    let modules = &it.source.architecture.modules;
    let path = modules.of_file(replacement.file).map(|id| modules[id].path.as_str()).unwrap_or_default();
    let own = it.source.own_name();
    let why = match replacement.form {
        Form::Multiple | Form::Computed | Form::Constant | Form::Assigned => "in a way that can't follow",
        Form::Text | Form::Object => "and would have to do so in both modules",
    };
    Refusal::new(format!("{path} replaces `{own}.{name}` {why}"))
}

/// Whether non-test code of other modules looks a name up through the module at run time: `orders.now()`, or an import
/// in a function.
fn is_reached_elsewhere(it: &Move<'_, '_>, name: &str) -> bool {
    let cx = it.source;
    let modules = &cx.architecture.modules;
    modules.iter().any(|(id, info)| {
        if id == cx.id
            || info.role == PathRole::Tests
            || !source::query::text(cx.db, info.file).as_str().contains(name)
        {
            return false;
        }
        let Some(other) = view::query::context(cx.db, cx.project, info.file) else { return false };
        other.imports().any(|view| {
            let late = view.import.context.function.is_some()
                && matches!(&view.resolved.target, Target::Symbol { module, name: taken, .. }
                    if *module == cx.id && taken == name);
            late || chain::bound(&other, &view).is_some_and(|start| {
                other.module.uses.iter().filter(|used| used.import == view.id).any(|used| {
                    let reached = chain::follow(&other, &start, &used.attributes);
                    let mut rest = used.attributes.split('.').filter(|it| !it.is_empty());
                    reached.id == Some(cx.id) && rest.nth(reached.segments) == Some(name)
                })
            })
        })
    })
}
