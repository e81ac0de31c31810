//! The plan: which files are created, and which are changed.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;

use crate::bound;
use crate::names::{is_business, is_name_like, is_plain_column};
use crate::prefix;
use crate::prune::{Pruned, Special, prune};
use crate::register::{Form, Unit, inserted, units};
use crate::rename;
use crate::slice::{Slice, slices};
use crate::spelling::{Setting, Subject, renamed};
use crate::statement::Module;
use crate::survey::{Place, Survey, SurveyedFile};
use crate::tidy;

/// A request for a slice.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The subject of the new slice.
    pub subject: Subject,
    /// The subject to imitate; if `None`, the best model is chosen.
    pub like: Option<Subject>,
    /// A folder: only subjects with files below it are imitated.
    pub within: Option<String>,
    /// The style of the subject to imitate: `layered`, `clean`, `hexagonal` or `modules`; `None` for any.
    pub style: Option<&'static str>,
    /// The wanted parts of paths or layers; empty for all.
    pub parts: Vec<String>,
    /// Whether to omit tests.
    pub without_tests: bool,
}

/// The files of a new slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The imitated subject.
    pub model: Subject,
    /// The files, sorted by path.
    pub files: Vec<Planned>,
    /// Files that would be new but exist already; they stay unchanged.
    pub there: Vec<Utf8PathBuf>,
    /// The members of the model that were left out.
    pub left_out: Vec<String>,
    /// What remains to be done by hand.
    pub notes: Vec<String>,
}

/// A new or changed file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Planned {
    /// Relative to the project's folder.
    pub path: Utf8PathBuf,
    /// The current contents; `None` if the file is new.
    pub before: Option<String>,
    /// The new contents.
    pub after: String,
    /// For a new file, the file that it imitates.
    pub like: Option<Utf8PathBuf>,
}

/// Why no plan is possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No subject in the project has files of its own.
    NoModel,
    /// The requested subject has none; these have.
    Unknown(Vec<String>),
    /// The new subject is the model itself.
    Same,
    /// No subject has the requested style; these have others.
    NoStyle(&'static str, Vec<String>),
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::NoModel => {
                f.write_str("no subject of this project has files or definitions of its own to follow")
            }
            Refusal::Unknown(known) => write!(f, "no such subject to follow; there are {}", known.join(", ")),
            Refusal::NoStyle(style, known) => {
                write!(f, "no subject of this project is {style}; there are {}", known.join(", "))
            }
            Refusal::Same => f.write_str("the new subject is the one to follow; give another name"),
        }
    }
}

/// An intermediate text between the model and the new subject.
struct Draft {
    /// The text of the model, renamed.
    renamed: String,
    /// Whether to look for special members in it: true for code, false for tests.
    is_code: bool,
}

/// The files and units that are copied; all other names of the project stay unchanged.
struct Staying<'a> {
    own: BTreeSet<&'a Utf8Path>,
    shared: &'a [(&'a SurveyedFile, Vec<Unit>)],
}

impl Staying<'_> {
    /// The names that a file imports from files that aren't copied, and (with a colon) their modules.
    fn names(&self, file: &SurveyedFile) -> Vec<String> {
        let mut found = Vec::new();
        for link in file.links.iter().filter(|link| !self.own.contains(link.path.as_path())) {
            let units =
                self.shared.iter().find(|(shared, _)| shared.path == link.path).map(|(_, units)| units);
            let name = link.name.as_deref();
            let is_written = name.is_some_and(|name| {
                units.is_some_and(|units| {
                    units.iter().any(|unit| tidy::counts(&unit.model).contains_key(name))
                })
            });
            if !is_written {
                // The package is written in front of the imported name, which may be copied itself.
                found.push(format!("{}:", link.module));
                found.extend(name.map(str::to_owned));
            }
        }
        found
    }
}

/// Plans a slice.
///
/// # Errors
/// If there is nothing to imitate.
pub fn plan(survey: &Survey, wish: &Wish) -> Result<Plan, Refusal> {
    let all = slices(survey);
    let model = choose(survey, wish, &all)?;
    let (from, to) = (&model.subject, &wish.subject);
    let others: Vec<Subject> = all
        .iter()
        .map(|slice| slice.subject.clone())
        .filter(|subject| subject != from && subject != to)
        .collect();
    let is_wanted = |file: &SurveyedFile| {
        !(wish.without_tests && file.place == Place::Tests)
            && (wish.parts.is_empty()
                || wish.parts.iter().any(|part| {
                    file.layer == Some(part.as_str())
                        || file.path.as_str().contains(part.trim_end_matches('s'))
                }))
    };
    let own = model.about(survey).into_iter().filter(|file| is_wanted(file)).collect::<Vec<_>>();
    let shared: Vec<(&SurveyedFile, Vec<Unit>)> = survey
        .files
        .iter()
        .enumerate()
        .filter(|(index, file)| {
            !all.iter().any(|slice| slice.files.contains(index)) && is_wanted_shared(file, wish)
        })
        .map(|(_, file)| {
            let mapped = survey.entities.iter().filter(|entity| entity.path == file.path);
            let mapped: Vec<&str> = mapped.map(|entity| entity.class.as_str()).collect();
            (file, units(file, from, &others, &mapped))
        })
        .filter(|(_, units)| !units.is_empty())
        .collect();
    let mut drafts: Vec<Draft> = Vec::new();
    let staying: Staying<'_> =
        Staying { own: own.iter().map(|file| file.path.as_path()).collect(), shared: &shared };
    let draft = |file: &SurveyedFile, text: &str| {
        let stays = staying.names(file);
        let mut foreign: BTreeSet<&str> = file.foreign.iter().map(String::as_str).collect();
        foreign.extend(stays.iter().map(String::as_str));
        let renamed = rename::text(text, from, to, &foreign);
        Draft { renamed, is_code: file.place == Place::Code }
    };
    let units_of =
        || shared.iter().flat_map(|(file, units)| units.iter().map(move |unit| (*file, &unit.model)));
    let models: Vec<(&SurveyedFile, &String)> =
        own.iter().map(|file| (*file, &file.text)).chain(units_of()).collect();
    drafts.extend(models.iter().map(|(file, text)| draft(file, text)));
    let texts = models.iter().zip(&drafts).map(|((_, text), draft)| (text.as_str(), draft.renamed.as_str()));
    let moved = prefix::moved(&survey.files, &texts.collect::<Vec<_>>(), from, to);
    for draft in &mut drafts {
        draft.renamed = prefix::replaced(&draft.renamed, &moved);
    }
    let Pruned { texts, globals, left_out } = without_special(survey, model, wish, &drafts);
    let mut out = Plan {
        model: from.clone(),
        files: Vec::new(),
        there: Vec::new(),
        left_out: told(&left_out, &drafts),
        notes: Vec::new(),
    };
    for ((file, draft), text) in own.iter().zip(&drafts).zip(&texts) {
        let path = rename::path(&file.path, from, to);
        if path == file.path {
            continue;
        }
        if survey.files.iter().any(|known| known.path == path) {
            out.there.push(path);
            continue;
        }
        let text = tidy::sorted(&tidy::unused(text, &draft.renamed), &file.text, survey.line_length);
        if is_emptied(&text, &draft.renamed) {
            continue;
        }
        out.files.push(Planned { path, before: None, after: text, like: Some(file.path.clone()) });
    }
    let mut at = own.len();
    for (file, units) in &shared {
        let news = &texts[at..at + units.len()];
        at += units.len();
        let fresh: Vec<(&Unit, String)> = units
            .iter()
            .zip(news)
            .filter_map(|(unit, new)| Some((unit, fresh(file, unit, new, &globals)?)))
            .collect();
        let (fresh, dropped) = used(file, fresh);
        out.notes.extend(dropped.iter().map(|line| format!("see to `{line}` in {}", file.path)));
        if fresh.is_empty() {
            continue;
        }
        let after = tidy::sorted(&inserted(&file.text, &fresh), &file.text, survey.line_length);
        out.files.push(Planned {
            path: file.path.clone(),
            before: Some(file.text.clone()),
            after,
            like: None,
        });
    }
    migrations(survey, &own, &mut out, from, to);
    out.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(out)
}

/// The special members that occur in the texts. A column added by a library occurs in none.
fn told(left_out: &[Special], drafts: &[Draft]) -> Vec<String> {
    let counts: Vec<_> = drafts.iter().map(|draft| tidy::counts(&draft.renamed)).collect();
    let is_there = |name: &&str| counts.iter().any(|counts| counts.contains_key(*name));
    left_out.iter().map(Special::name).filter(is_there).map(str::to_owned).collect()
}

/// Whether units of a file outside all slices are wanted.
fn is_wanted_shared(file: &SurveyedFile, wish: &Wish) -> bool {
    !(wish.without_tests && file.place == Place::Tests)
}

fn choose<'a>(survey: &Survey, wish: &Wish, all: &'a [Slice]) -> Result<&'a Slice, Refusal> {
    let is_within = |slice: &&Slice| {
        wish.within.as_ref().is_none_or(|folder| {
            slice
                .files
                .iter()
                .any(|index| survey.files[*index].path.components().any(|part| part.as_str() == folder))
        })
    };
    let known: Vec<&Slice> =
        all.iter().filter(|slice| slice.is_something(survey)).filter(is_within).collect();
    if let Some(like) = &wish.like {
        let found = all.iter().find(|slice| slice.subject == *like && !slice.files.is_empty());
        let names = || known.iter().map(|slice| slice.subject.snake()).collect();
        return match found {
            Some(slice) if slice.subject == wish.subject => Err(Refusal::Same),
            Some(slice) => Ok(slice),
            None => Err(Refusal::Unknown(names())),
        };
    }
    let others = known.into_iter().filter(|slice| slice.subject != wish.subject && slice.is_whole(survey));
    let (fitting, differing): (Vec<&Slice>, Vec<&Slice>) =
        others.partition(|slice| wish.style.is_none_or(|style| slice.has_style(survey, style)));
    if let (Some(style), true, false) = (wish.style, fitting.is_empty(), differing.is_empty()) {
        let named =
            |slice: &&Slice| format!("{} ({})", slice.subject.snake(), slice.styles(survey).join(", "));
        return Err(Refusal::NoStyle(style, differing.iter().map(named).collect()));
    }
    fitting
        .into_iter()
        .max_by_key(|slice| (slice.score(survey), std::cmp::Reverse(slice.subject.clone())))
        .ok_or(Refusal::NoModel)
}

/// The texts without members specific to the model, and without whatever became unused because of that.
fn without_special(survey: &Survey, model: &Slice, wish: &Wish, drafts: &[Draft]) -> Pruned {
    let renamed_texts: Vec<String> = drafts.iter().map(|draft| draft.renamed.clone()).collect();
    let mut special = special(survey, model, &wish.subject, drafts);
    let used: BTreeSet<String> = BTreeSet::new();
    loop {
        let pruned = prune(&renamed_texts, &special, &wish.subject);
        let idle = tidy::idle_definitions(&pruned.texts, &renamed_texts, &used);
        let more: Vec<Special> = idle
            .into_iter()
            .filter(|name| !special.iter().any(|known| known.name() == name))
            .map(Special::Function)
            .collect();
        if more.is_empty() {
            return pruned;
        }
        // Members that were put back are kept.
        special = pruned.left_out;
        special.extend(more);
    }
}

/// The members of the model that not every slice has, in the names of the new subject.
fn special(survey: &Survey, model: &Slice, to: &Subject, drafts: &[Draft]) -> Vec<Special> {
    let from = &model.subject;
    let new = |name: &str| renamed(name, from, to, Setting::Code);
    let mut found = Vec::new();
    if let Some(entity) = model.entity.map(|index| &survey.entities[index]) {
        found.extend(entity.relationships.iter().map(|name| Special::Field(new(name))));
        let columns: Vec<&String> =
            entity.columns.iter().filter(|name| !entity.keys.contains(name)).collect();
        // Keep the display name, or else the first column.
        let called = columns.iter().find(|name| is_name_like(name)).or_else(|| columns.first()).copied();
        for column in &columns {
            if Some(*column) != called && !is_plain_column(column, from) {
                found.push(Special::Field(new(column)));
            }
        }
    }
    for draft in drafts.iter().filter(|draft| draft.is_code) {
        let module = Module::parse(&draft.renamed);
        for statement in &module.body {
            let inner = statement.is_class(&module).then_some(&statement.block);
            for function in inner.into_iter().flatten().chain(std::iter::once(statement)) {
                let Some(name) = function.defines(&module).filter(|_| function.is_function(&module)) else {
                    continue;
                };
                if is_business(name, to) && function.decorators.is_empty() != has_route(&module, function) {
                    found.push(Special::Function(name.to_owned()));
                }
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Whether a decorator registers a route. A function with other decorators, such as a property or a validator, isn't a
/// business method.
fn has_route(module: &Module<'_>, function: &crate::statement::Statement) -> bool {
    const METHODS: [&str; 8] = ["get", "post", "put", "patch", "delete", "route", "action", "websocket"];
    function.decorators.clone().any(|token| METHODS.contains(&module.word(token)))
}

/// Whether a file has lost all its contents.
fn is_emptied(text: &str, before: &str) -> bool {
    let defines = |text: &str| {
        let module = Module::parse(text);
        module.body.iter().any(|statement| statement.defines(&module).is_some())
    };
    let holds = |text: &str| {
        let module = Module::parse(text);
        module.body.iter().any(|statement| !statement.is_import(&module) && !statement.is_docstring(&module))
    };
    (!defines(text) && defines(before)) || (!holds(text) && holds(before))
}

/// The units that can be written: without those that use a new name that is bound nowhere, and without imports that are
/// needed for the model in this file but not for anything new. The second list names what can't be imitated.
fn used<'a>(file: &SurveyedFile, units: Vec<(&'a Unit, String)>) -> (Vec<(&'a Unit, String)>, Vec<String>) {
    let before = tidy::counts(&file.text);
    let bound_before = bound::names(&file.text);
    let all = Module::parse(&file.text);
    let is_import = |unit: &Unit| bound::is_in_import(&all.body, &all, unit.at);
    let (mut kept, mut dropped) = (units, Vec::new());
    loop {
        let count = kept.len();
        let mut bound: BTreeSet<String> = bound_before.clone();
        for (unit, new) in &kept {
            bound.extend(if is_import(unit) { bound::imported(new) } else { bound::names(new) });
        }
        let others: Vec<_> =
            kept.iter().filter(|(unit, _)| !is_import(unit)).map(|(_, new)| tidy::counts(new)).collect();
        let is_needed = |unit: &Unit, new: &str| {
            let is_registry = bound::imported(&unit.model)
                .iter()
                .all(|name| before.get(name).copied().unwrap_or_default() <= 1);
            is_registry
                || bound::imported(new)
                    .iter()
                    .any(|name| others.iter().any(|counts| counts.contains_key(name)))
        };
        let mut left = Vec::new();
        for (unit, new) in kept {
            if is_import(unit) {
                if is_needed(unit, &new) {
                    left.push((unit, new));
                }
            } else if bound::loads(&new)
                .difference(&bound::loads(&unit.model))
                .all(|name| bound.contains(name))
            {
                left.push((unit, new));
            } else {
                dropped.push(unit.model.trim().lines().next().unwrap_or_default().to_owned());
            }
        }
        kept = left;
        if kept.len() == count {
            return (kept, dropped);
        }
    }
}

/// The text of a unit; `None` if it exists already, or if what it registers is left out.
fn fresh(file: &SurveyedFile, unit: &Unit, new: &str, globals: &BTreeSet<String>) -> Option<String> {
    if new.trim().is_empty() || new.trim() == unit.model.trim() {
        return None;
    }
    let module = Module::parse(new);
    let names_gone =
        |module: &Module<'_>| (0..module.tokens.len()).any(|token| globals.contains(module.word(token)));
    if !matches!(unit.form, Form::Lines { .. }) && names_gone(&module) {
        return None;
    }
    let is_there = match module.body.first().and_then(|statement| statement.defines(&module)) {
        Some(name) => {
            let known = Module::parse(&file.text);
            let at_top = known.body.iter().any(|statement| statement.defines(&known) == Some(name));
            at_top || file.text.contains(new.trim())
        }
        None => contains_words(&file.text, new.trim()),
    };
    if is_there {
        return None;
    }
    Some(match unit.form {
        Form::Lines { .. } => new.to_owned(),
        Form::Item { .. } => new.trim().to_owned(),
    })
}

/// Whether a text contains another one at word boundaries.
fn contains_words(text: &str, part: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(part).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(is_part);
        let after = text[at + part.len()..].chars().next().is_some_and(is_part);
        !before && !after
    })
}

/// Migrations are generated by the project's own tool; a Django app needs their package.
fn migrations(survey: &Survey, own: &[&SurveyedFile], out: &mut Plan, from: &Subject, to: &Subject) {
    let folders: BTreeSet<&Utf8Path> = own.iter().filter_map(|file| file.path.parent()).collect();
    let mut is_django = false;
    for file in survey.files.iter().filter(|file| file.path.file_name() == Some("__init__.py")) {
        let Some(folder) = file.path.parent().filter(|folder| folder.file_name() == Some("migrations"))
        else {
            continue;
        };
        if folder.parent().is_some_and(|app| folders.contains(app)) {
            let path = rename::path(&file.path, from, to);
            is_django = true;
            if path != file.path && !survey.files.iter().any(|known| known.path == path) {
                out.files.push(Planned {
                    path,
                    before: None,
                    after: String::new(),
                    like: Some(file.path.clone()),
                });
            }
        }
    }
    if out.files.is_empty() {
        return;
    }
    if is_django {
        out.notes.push(format!("make its migration: `python manage.py makemigrations {}`", to.snake()));
    } else if survey.files.iter().any(|file| file.place == Place::Migrations) {
        out.notes
            .push(format!("make its migration: `alembic revision --autogenerate -m \"add {}\"`", to.snake()));
    }
}
