//! Links in a configuration: from patterns that name one module to its file, from rules to their pages.

use config::document::{Document, Entry, Item, ItemValue};
use config::schema::Takes;
use source::{File, Span};
use workspace::Snapshot;

use super::Subject;
use super::meaning::{self, Meaning};

/// A word with a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentLink {
    /// The word, without quotes.
    pub span: Span,
    /// Its target.
    pub target: LinkTarget,
}

/// The target of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkTarget {
    /// To a file of the project.
    File(File),
    /// To the page of the rule with this id.
    Rule(&'static str),
}

/// The links of a configuration file.
pub fn document_links(snapshot: &Snapshot, file: File) -> Vec<DocumentLink> {
    let Some(subject) = Subject::of(snapshot, file) else { return Vec::new() };
    let document = Document::parse(subject.text.as_str());
    let mut links = Vec::new();
    for section in &document.sections {
        let mut path = Vec::new();
        for word in section.header.iter().flat_map(|header| &header.path) {
            path.push(word.text);
            links.extend(subject.rule_link(&path, word.span));
        }
        subject.entry_links(&section.entries, &path, &mut links);
    }
    links
}

impl Subject<'_> {
    fn rule_link(&self, path: &[&str], span: Span) -> Option<DocumentLink> {
        match meaning::of(&self.own_path(path)?, &[])? {
            Meaning::Rule(rule) => Some(DocumentLink { span, target: LinkTarget::Rule(rule.id) }),
            _ => None,
        }
    }

    fn entry_links(&self, entries: &[Entry<'_>], path: &[&str], links: &mut Vec<DocumentLink>) {
        for entry in entries {
            let mut path = path.to_vec();
            for word in &entry.path {
                path.push(word.text);
                links.extend(self.rule_link(&path, word.span));
            }
            let Some(value) = &entry.value else { continue };
            let meaning = self.own_path(&path).and_then(|path| meaning::of(&path, entries));
            let takes = match meaning {
                Some(Meaning::Layer(_)) => Some(Takes::Modules),
                Some(Meaning::Key(key)) => Some(key.takes),
                _ => None,
            };
            let containers = Entry::find(entries, "containers").map_or(&[][..], Item::items);
            let has_containers = !containers.is_empty();
            match &value.value {
                ItemValue::Table { entries, .. } => self.entry_links(entries, &path, links),
                ItemValue::List { items, .. } => {
                    for item in items {
                        match (&item.value, takes) {
                            (ItemValue::Table { entries, .. }, _) => self.entry_links(entries, &path, links),
                            (ItemValue::Text(text, span), Some(Takes::ContractLayers)) if !has_containers => {
                                self.name_links(text, *span, &['|', ':'], links);
                            }
                            (ItemValue::Text(text, span), Some(Takes::Imports)) => {
                                self.name_links(text, *span, &['-', '>'], links);
                            }
                            (ItemValue::Text(text, span), Some(Takes::Modules)) => {
                                self.name_links(text, *span, &[], links);
                            }
                            (ItemValue::Text(text, span), Some(Takes::Paths)) => {
                                links.extend(self.path_link(text, *span));
                            }
                            _ => {}
                        }
                    }
                }
                ItemValue::Text(..) | ItemValue::Other(_) => {}
            }
        }
    }

    /// Links of the module names in a string, between separators.
    fn name_links(&self, text: &str, span: Span, separators: &[char], links: &mut Vec<DocumentLink>) {
        let mut start = 0;
        for part in text.split(separators) {
            let name = part.trim_matches([' ', '\t', '(', ')']);
            let at = start + part.find(name).unwrap_or(0);
            start += part.len() + 1;
            let from = span.start + at as u32;
            let span = Span::new(from, from + name.len() as u32);
            if name.contains('/') {
                links.extend(self.path_link(name, span));
            } else if let Some(file) = self.module_file(name) {
                links.push(DocumentLink { span, target: LinkTarget::File(file) });
            }
        }
    }

    /// The file of the module with this name, if unique.
    fn module_file(&self, name: &str) -> Option<File> {
        let modules = self.modules()?;
        match modules.by_name.get(name)?.as_slice() {
            [(_, only)] => Some(modules[*only].file),
            _ => None,
        }
    }

    fn path_link(&self, text: &str, span: Span) -> Option<DocumentLink> {
        let path = self.folder.join(text.trim_start_matches("./").trim_start_matches('/'));
        let (_, file) = self.snapshot.project_of(&path)?;
        Some(DocumentLink { span, target: LinkTarget::File(file) })
    }
}
