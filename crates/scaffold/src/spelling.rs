//! The name of a subject in all spellings, and replacing the name of one subject by that of another.

use python::naming::{plural, singular, snake};

/// The words of a subject's name in the singular and in lower case: `["order", "line"]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    words: Vec<String>,
}

/// The context of a name, which decides how its words are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setting {
    /// An identifier, a module, or a file system path.
    Code,
    /// A string or a comment.
    Words,
}

impl Subject {
    /// The subject of a name: `OrderLine`, `order-lines`, `order_line`. `None` if it has no letters.
    pub fn of(name: &str) -> Option<Self> {
        let flat = name.replace(['-', ' ', '.'], "_");
        let mut words: Vec<String> =
            snake(&flat).split('_').filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        let last = words.last_mut()?;
        if !last.ends_with("ss") && !last.ends_with("us") && !last.ends_with("is") {
            *last = singular(last).to_string();
        }
        words[0].chars().next().filter(|c| c.is_alphabetic())?;
        Some(Self { words })
    }

    /// `order_line`
    pub fn snake(&self) -> String {
        self.words.join("_")
    }

    /// `OrderLine`
    pub fn pascal(&self) -> String {
        self.words.iter().map(|word| capital(word)).collect()
    }

    /// `order-lines`
    pub(crate) fn many(&self) -> String {
        self.counted(true).join("-")
    }

    pub(crate) fn words(&self) -> &[String] {
        &self.words
    }

    /// Where words name this subject: the index, and whether in the plural.
    pub(crate) fn run_in<S: AsRef<str>>(&self, words: &[S]) -> Option<(usize, bool)> {
        (0..words.len()).find_map(|at| Some((at, self.begins(words.get(at..)?)?)))
    }

    /// Whether words begin with this name (`Some`), and whether in the plural.
    fn begins<S: AsRef<str>>(&self, words: &[S]) -> Option<bool> {
        let (last, first) = self.words.split_last()?;
        let is_same = first.iter().zip(words).all(|(own, word)| word.as_ref().eq_ignore_ascii_case(own));
        let word = words.get(first.len()).filter(|_| is_same)?.as_ref().to_lowercase();
        if word == *last {
            return Some(false);
        }
        (word == plural(last).as_str()).then_some(true)
    }

    fn counted(&self, is_many: bool) -> Vec<String> {
        let mut words = self.words.clone();
        if let Some(last) = words.last_mut().filter(|_| is_many) {
            *last = plural(last).to_string();
        }
        words
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A word within a text: `order` and `Id` in `orderId`.
struct Word {
    start: usize,
    end: usize,
}

/// The words of a text: letters and digits, separated by any other character and in front of a capital that begins a
/// word.
fn words(text: &str) -> Vec<Word> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let mut found: Vec<Word> = Vec::new();
    let mut is_inside = false;
    for (index, (at, letter)) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            is_inside = false;
            continue;
        }
        let before = index.checked_sub(1).map(|before| letters[before].1);
        let next = letters.get(index + 1).map(|(_, next)| *next);
        let begins = letter.is_uppercase()
            && (before.is_some_and(|before| before.is_lowercase() || before.is_ascii_digit())
                || next.is_some_and(char::is_lowercase));
        let end = at + letter.len_utf8();
        match found.last_mut().filter(|_| is_inside && !begins) {
            Some(word) => word.end = end,
            None => found.push(Word { start: *at, end }),
        }
        is_inside = true;
    }
    found
}

/// The words of a name, as written.
pub(crate) fn words_of(name: &str) -> Vec<&str> {
    words(name).into_iter().map(|word| &name[word.start..word.end]).collect()
}

/// Whether a text names a subject.
pub(crate) fn names(text: &str, subject: &Subject) -> bool {
    subject.run_in(&words_of(text)).is_some() || flat_in(text, subject)
}

/// Whether a text contains the name of a multi-word subject as one word: `orderline`.
fn flat_in(text: &str, subject: &Subject) -> bool {
    let flat = subject.words.concat();
    subject.words.len() > 1 && words_of(text).iter().any(|word| word.eq_ignore_ascii_case(&flat))
}

/// The text with the name `from` replaced by `to`.
pub(crate) fn renamed(text: &str, from: &Subject, to: &Subject, setting: Setting) -> String {
    let found = words(text);
    let spelled: Vec<&str> = found.iter().map(|word| &text[word.start..word.end]).collect();
    let (mut out, mut copied, mut at) = (String::with_capacity(text.len() + 16), 0, 0);
    while at < found.len() {
        let (count, is_many, joined) = match from.begins(&spelled[at..]) {
            Some(is_many) => (from.words.len(), is_many, false),
            None if from.words.len() > 1 && is_flat(spelled[at], from).is_some() => {
                (1, is_flat(spelled[at], from) == Some(true), true)
            }
            None => {
                at += 1;
                continue;
            }
        };
        let (start, end) = (found[at].start, found[at + count - 1].end);
        // The words of the name must all be joined in the same way.
        let joints: Vec<&str> =
            (at..at + count - 1).map(|at| &text[found[at].end..found[at + 1].start]).collect();
        let is_name =
            joints.iter().all(|joint| matches!(*joint, "" | "_" | "-" | " ") && *joint == joints[0]);
        if !is_name {
            at += 1;
            continue;
        }
        let joint = match joints.first() {
            Some(joint) => (*joint).to_owned(),
            None if joined => String::new(),
            None => joint(text, start, end, setting),
        };
        out += &text[copied..start];
        fix_article(&mut out, to, setting);
        out += &spell(&to.counted(is_many), spelled[at], &joint, count > 1 || !joined);
        copied = end;
        at += count;
    }
    out + &text[copied..]
}

/// Whether a word is a multi-word name written as one (`Some`), and whether in the plural.
fn is_flat(word: &str, subject: &Subject) -> Option<bool> {
    let is = |is_many| word.eq_ignore_ascii_case(&subject.counted(is_many).concat());
    if is(false) { Some(false) } else { is(true).then_some(true) }
}

/// How the words of a new name are joined if the old name is a single word: depends on the surrounding text.
fn joint(text: &str, start: usize, end: usize, setting: Setting) -> String {
    let (before, after) = (text[..start].chars().next_back(), text[end..].chars().next());
    let old = &text[start..end];
    let is_pascal = old.chars().next().is_some_and(char::is_uppercase) && old.chars().any(char::is_lowercase);
    let touches = |c: Option<char>, sign: char| c == Some(sign);
    if touches(before, '_') || touches(after, '_') {
        return "_".to_owned();
    }
    if touches(before, '-') || touches(after, '-') {
        return "-".to_owned();
    }
    let is_glued = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    if is_glued(before) || is_glued(after) {
        return String::new();
    }
    let is_upper = old.chars().all(|c| !c.is_lowercase()) && old.chars().count() > 1;
    match setting {
        Setting::Code if is_pascal => String::new(),
        Setting::Code => "_".to_owned(),
        Setting::Words if is_upper => "_".to_owned(),
        // `/order-lines/{id}`
        Setting::Words if text.starts_with('/') || touches(before, '/') || touches(after, '/') => {
            "-".to_owned()
        }
        // A class name on its own, a column, a key, or a dotted path.
        Setting::Words if is_pascal && before.is_none() && after.is_none() => String::new(),
        Setting::Words if !text.contains(' ') && !is_pascal => "_".to_owned(),
        Setting::Words if touches(before, '.') || touches(after, '.') || touches(before, '`') => {
            if is_pascal { String::new() } else { "_".to_owned() }
        }
        Setting::Words => " ".to_owned(),
    }
}

/// Joins words in the case of `like`.
fn spell(words: &[String], like: &str, joint: &str, is_apart: bool) -> String {
    let is_upper =
        like.chars().filter(|c| c.is_alphabetic()).count() > 1 && !like.chars().any(char::is_lowercase);
    let is_capital = like.chars().next().is_some_and(char::is_uppercase);
    let all: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(index, word)| match (is_upper, index) {
            (true, _) => word.to_uppercase(),
            (false, 0) if is_capital => capital(word),
            (false, 0) => word.clone(),
            // `orderLine`, `OrderLine`; `order_line`; `Order line`.
            _ if joint.is_empty() && is_apart => capital(word),
            _ => word.clone(),
        })
        .collect();
    all.join(joint)
}

/// Changes `a` to `an` in front of a vowel, and vice versa, in prose.
fn fix_article(out: &mut String, to: &Subject, setting: Setting) {
    if setting == Setting::Code {
        return;
    }
    let is_vowel = to.words[0].starts_with(['a', 'e', 'i', 'o', 'u']);
    for (article, other) in [("a ", "an "), ("A ", "An ")] {
        let (has, wanted) = if is_vowel { (article, other) } else { (other, article) };
        let stem = out.strip_suffix(has);
        if let Some(stem) = stem.filter(|stem| !stem.ends_with(char::is_alphanumeric)) {
            *out = format!("{stem}{wanted}");
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn check(from: &str, to: &str, setting: Setting, cases: &[(&str, &str)]) {
        let (from, to) = (Subject::of(from).unwrap(), Subject::of(to).unwrap());
        for (text, wanted) in cases {
            assert_eq!(renamed(text, &from, &to, setting), *wanted, "{text}");
        }
    }

    #[test]
    fn identifiers() {
        check(
            "order",
            "invoice-lines",
            Setting::Code,
            &[
                ("get_orders_by_id", "get_invoice_lines_by_id"),
                ("SqlOrderRepository", "SqlInvoiceLineRepository"),
                ("ORDER_NOT_FOUND", "INVOICE_LINE_NOT_FOUND"),
                ("orderId", "invoiceLineId"),
                ("orders", "invoice_lines"),
                ("Order", "InvoiceLine"),
                ("reorder", "reorder"),
                ("border", "border"),
            ],
        );
        check(
            "order_line",
            "tag",
            Setting::Code,
            &[
                ("OrderLines", "Tags"),
                ("order_line_id", "tag_id"),
                ("orderlines", "tags"),
                ("order_id", "order_id"),
            ],
        );
    }

    #[test]
    fn words_in_strings() {
        check(
            "order",
            "invoice line",
            Setting::Words,
            &[
                ("/orders/{order_id}", "/invoice-lines/{invoice_line_id}"),
                ("Order not found", "Invoice line not found"),
                ("shop.orders.urls", "shop.invoice_lines.urls"),
                ("orders", "invoice_lines"),
                ("Order", "InvoiceLine"),
            ],
        );
        check(
            "tag",
            "entry",
            Setting::Words,
            &[("a tag, a tag", "an entry, an entry"), ("A tag", "An entry")],
        );
        check("category", "tag", Setting::Words, &[("the categories", "the tags")]);
    }
}
