//! The naming of something new: like its siblings.

use super::kinds::Kind;
use super::siblings::Group;

/// A name as a class name; `None` if that is impossible.
pub(super) fn camel(name: &str) -> Option<String> {
    let name = name.trim();
    let is_name = name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | ' ' | '-'))
        && name.chars().next().is_some_and(char::is_alphabetic);
    if !is_name {
        return None;
    }
    let words = name.split(['_', ' ', '-']).filter(|word| !word.is_empty());
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
            .unwrap_or_default()
    };
    Some(words.map(capital).collect())
}

/// `Invoice` for `InvoiceService`.
pub(super) fn without<'n>(name: &'n str, suffixes: &[&str]) -> &'n str {
    let mut stripped = suffixes.iter().filter_map(|suffix| name.strip_suffix(suffix));
    stripped.find(|stem| !stem.is_empty()).unwrap_or(name)
}

/// The name with the suffix that most siblings have, if most have one.
pub(super) fn class_name(stem: &str, kind: &Kind, group: &Group) -> String {
    let classes: Vec<&str> = group
        .siblings
        .iter()
        .map(|sibling| sibling.class.as_str())
        .filter(|class| !class.is_empty())
        .collect();
    let count = |suffix: &str| classes.iter().filter(|class| class.ends_with(suffix)).count();
    let common = kind.suffixes.iter().map(|suffix| (count(suffix), *suffix)).max_by_key(|(count, _)| *count);
    let suffix = match common {
        Some((count, suffix)) if count > 0 && count * 2 > classes.len() => suffix,
        _ if classes.is_empty() => {
            kind.suffixes.first().copied().filter(|_| is_named(kind)).unwrap_or_default()
        }
        _ => "",
    };
    // The technology, if siblings have one in their names: `SqlOrders`. For other kinds the first word is the subject.
    let prefix = if kind.layer == config::Layer::Infrastructure { prefix(stem, &classes) } else { "" };
    format!("{prefix}{stem}{suffix}")
}

/// The first word of most siblings: `Sql` of `SqlOrders` and `SqlUsers`.
fn prefix<'c>(stem: &str, classes: &[&'c str]) -> &'c str {
    let first = |class: &'c str| {
        let end = class.char_indices().skip(1).find(|(_, letter)| letter.is_uppercase()).map(|(at, _)| at);
        end.and_then(|end| class.get(..end)).unwrap_or_default()
    };
    let count = |word: &str| classes.iter().filter(|class| first(class) == word).count();
    let words = classes.iter().map(|class| first(class)).filter(|word| !word.is_empty());
    let common = words
        .max_by_key(|word| count(word))
        .filter(|word| count(word) >= 2 && count(word) * 2 > classes.len());
    common.filter(|word| !stem.starts_with(word)).unwrap_or_default()
}

/// Whether classes of this kind have its suffix by default.
fn is_named(kind: &Kind) -> bool {
    matches!(kind.words[0], "service" | "use case" | "repository" | "client" | "error" | "settings")
}

/// How a file is named after its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// `invoice_service.py`
    Whole,
    /// `invoice.py`
    Stem,
    /// `invoices.py`
    Plural,
    /// `services.py`
    Shared,
    /// `invoice_schema.py`, for all schemas around invoices.
    Subject,
    Other,
}

/// The name of the file.
pub(super) fn file(stem: &str, class: &str, group: &Group, kind: &Kind) -> String {
    // File names omit the technology: `invoice_repository.py` contains `SqlInvoiceRepository`.
    let plain = class.find(stem).and_then(|at| class.get(at..)).unwrap_or(class);
    let (whole, short) = (python::naming::snake(plain), python::naming::snake(stem));
    let mut counted: Vec<(Form, usize, &str)> = Vec::new();
    for sibling in &group.siblings {
        let form = form(sibling.stem.as_str(), &sibling.class, sibling.together, group, kind);
        match counted.iter_mut().find(|(known, ..)| *known == form) {
            Some((_, count, _)) => *count += 1,
            None => counted.push((form, 1, sibling.stem.as_str())),
        }
    }
    counted.retain(|(form, ..)| *form != Form::Other);
    counted.sort_by_key(|(form, count, _)| (std::cmp::Reverse(*count), *form));
    let name = match counted.first() {
        Some((Form::Whole, ..)) => whole,
        Some((Form::Plural, ..)) => python::naming::plural(&short).to_string(),
        Some((Form::Shared, _, shared)) => (*shared).to_owned(),
        Some((Form::Subject, _, other)) => {
            let ending = other.rsplit_once('_').map_or("", |(_, ending)| ending);
            format!("{short}_{ending}")
        }
        Some((Form::Stem | Form::Other, ..)) | None => short,
    };
    format!("{name}.py")
}

fn form(stem: &str, class: &str, together: usize, group: &Group, kind: &Kind) -> Form {
    let is_called = |name: &str| kind.folders.contains(&name) || kind.words.contains(&name);
    let is_only = group.siblings.iter().all(|sibling| sibling.stem == stem);
    if is_called(stem) || (together >= 3 && is_only) {
        return Form::Shared;
    }
    if together >= 2 && stem.rsplit_once('_').is_some_and(|(_, ending)| is_called(ending)) {
        return Form::Subject;
    }
    if class.is_empty() {
        return if stem.ends_with('s') { Form::Plural } else { Form::Stem };
    }
    let whole = python::naming::snake(class);
    let short = python::naming::snake(without(class, kind.suffixes));
    // `customers.py` matches `SqlCustomerRepository` too.
    let is = |name: &str| name == stem || name.strip_suffix(stem).is_some_and(|rest| rest.ends_with('_'));
    match () {
        () if whole != short && is(&whole) => Form::Whole,
        () if is(&short) => Form::Stem,
        () if is(&python::naming::plural(&short)) => Form::Plural,
        () => Form::Other,
    }
}
