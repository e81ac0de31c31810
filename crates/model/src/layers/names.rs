//! The layers that the names of folders, files and classes indicate.
//!
//! Names are the vocabulary of the field, so these are tables of common terms, never of one project's. The weight of a
//! word is how far it can be trusted alone; contents outweigh most words.

mod classes;
mod files;
mod folders;

use classes::CLASSES;
use config::Layer;
use files::{ENDINGS, FILES};
use folders::FOLDERS;

/// How a folder word interacts with the enclosing folders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grip {
    /// Names a layer outright: everything below belongs to it, whatever its name.
    Frame,
    /// Names a layer outright, even inside the frame of an outer layer: `infrastructure/api`, `adapters/input`.
    Within,
    /// Names a kind of object: the nearest word counts most, and an enclosing frame outweighs it.
    Plain,
    /// Ambiguous: the contents decide.
    Contents(Question),
}

/// The question about the contents of a folder with an ambiguous name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// `domain`: free of frameworks?
    Pure,
    /// `models`: table rows, or data?
    Rows,
    /// `interfaces`: ports, or entry points?
    Ports,
    /// `handlers`: of requests, or of commands and events?
    Requests,
    /// `commands`: of a command line, or of use cases?
    CommandLine,
    /// `events`, `exceptions`: plain data of the domain?
    Data,
    /// `queries`: of a database, or use cases that only read?
    Reads,
    /// `config`: of the program, or about configuring something else?
    Settings,
}

/// A word used in folder names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// The layer that it indicates.
    pub(super) layer: Layer,
    /// The weight, in points.
    pub(super) weight: i32,
    /// How it interacts with other words.
    pub(super) grip: Grip,
}

/// The word that a folder's name is or ends with (`web_routes`, `billing_infrastructure`).
pub(super) fn folder_word(name: &str) -> Option<Word> {
    if let Some(word) = folder(name) {
        return Some(word);
    }
    let (_, tail) = name.rsplit_once('_')?;
    let word = folder(tail)?;
    let names_a_thing =
        !matches!(tail, "app" | "main" | "core" | "in" | "out" | "service" | "plugins" | "lib");
    names_a_thing.then_some(Word { weight: word.weight * 4 / 5, ..word })
}

fn folder(name: &str) -> Option<Word> {
    let index = FOLDERS.binary_search_by(|row| row.0.cmp(name)).ok()?;
    let (_, layer, weight, grip) = FOLDERS[index];
    Some(Word { layer, weight, grip })
}

/// A word used in file names, and whether it outweighs the layer that a folder frames.
#[derive(Debug, Clone, Copy)]
pub(super) struct FileWord {
    /// The layer that it indicates.
    pub(super) layer: Layer,
    /// The weight, in points.
    pub(super) weight: i32,
    /// Whether it applies in any folder: `main`, `settings`.
    pub(super) anywhere: bool,
}

/// The word that a file's stem is, ends with, or begins with.
pub(super) fn file_word(stem: &str) -> Option<FileWord> {
    if let Some(word) = file(stem) {
        return Some(word);
    }
    let mut tail = stem;
    while let Some((_, rest)) = tail.split_once('_') {
        if ENDINGS.contains(&rest)
            && let Some(word) = file(rest)
        {
            return Some(FileWord { weight: word.weight * 9 / 10, ..word });
        }
        tail = rest;
    }
    let (head, _) = stem.split_once('_')?;
    let word = file(head)
        .filter(|_| matches!(head, "crud" | "api" | "db" | "router" | "route" | "view" | "repo"))?;
    Some(FileWord { weight: word.weight * 2 / 3, anywhere: false, ..word })
}

fn file(stem: &str) -> Option<FileWord> {
    let index = FILES.binary_search_by(|row| row.0.cmp(stem)).ok()?;
    let (_, layer, weight, anywhere) = FILES[index];
    Some(FileWord { layer, weight, anywhere })
}

/// The layer and weight indicated by the last word of a class name.
pub(super) fn class_word(name: &str) -> Option<(Layer, i32)> {
    CLASSES
        .iter()
        .find(|(ending, ..)| name.len() > ending.len() && name.ends_with(ending))
        .map(|row| (row.1, row.2))
}

#[cfg(test)]
mod tests {
    use config::Layer::{Application, Infrastructure, Presentation};

    use super::*;

    #[test]
    fn tables_are_sorted() {
        for pair in FOLDERS.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} before {}", pair[0].0, pair[1].0);
        }
        for pair in FILES.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} before {}", pair[0].0, pair[1].0);
        }
    }

    #[test]
    fn words_at_either_end_of_a_name() {
        for (stem, layer) in [
            ("order_repository", Some(Infrastructure)),
            ("create_order_use_case", Some(Application)),
            ("crud_posts", Some(Infrastructure)),
            ("user_api", Some(Presentation)),
            ("order", None),
            ("apiary", None),
        ] {
            assert_eq!(file_word(stem).map(|word| word.layer), layer, "{stem}");
        }
        assert_eq!(folder_word("billing_infrastructure").map(|word| word.layer), Some(Infrastructure));
        assert_eq!(folder_word("user_service").map(|word| word.layer), None);
    }
}
