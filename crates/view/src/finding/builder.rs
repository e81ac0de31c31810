//! The collector of a rule's findings, and the builder for a single finding.

use config::Level;
use python::{ImportId, Name};
use rustc_hash::FxHashMap;
use source::{File, Span};

use super::{Finding, Fingerprint, Place, Related, Tag, mark};
use crate::{Context, Fix, Rule};

/// Collects the findings of a rule. There is one for each rule and file.
pub struct Findings<'a> {
    cx: &'a Context<'a>,
    rule: &'static Rule,
    level: Level,
    drafts: Vec<Draft>,
    /// Unused ignore comments; known only after all other rules have run.
    pub unused: &'a [Unused],
}

/// An unused ignore comment, or an unused rule in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unused {
    /// The index among the module's directives.
    pub directive: usize,
    /// The index among the directive's rules; `None` if the whole comment is unused.
    pub rule: Option<usize>,
}

/// Identifies a finding within its rule and module; its fingerprint is derived from it. Consists of names in the code,
/// joined by spaces, and never contains a line number or words of a message: messages may be reworded, while baselines
/// keep accepted findings. The bytes of a key must never change.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key(String);

impl Key {
    /// A key with these bytes.
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    /// A key of dotted module names, for a finding about nothing but their relationship.
    pub fn modules<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self(names.into_iter().collect::<Vec<_>>().join(" "))
    }
}

/// A finding under construction.
#[derive(Debug)]
pub struct Draft {
    finding: Finding,
    key: Key,
}

impl<'a> Findings<'a> {
    /// An empty collector for `rule` at `level`.
    pub fn new(cx: &'a Context<'a>, rule: &'static Rule, level: Level) -> Self {
        Self { cx, rule, level, drafts: Vec::new(), unused: &[] }
    }

    /// Adds a finding at `span`, identified by `key`. Further properties are set on the returned draft.
    pub fn add(&mut self, span: Span, key: Key, message: impl Into<String>) -> &mut Draft {
        let finding = Finding {
            rule: self.rule.id,
            level: self.level,
            span,
            message: message.into(),
            evidence: None,
            related: Vec::new(),
            modules: Vec::new(),
            fingerprint: Fingerprint(String::new()),
            tag: None,
            fixes: Vec::new(),
            is_repeated: false,
        };
        self.drafts.push(Draft { finding, key });
        self.drafts.last_mut().expect("one was pushed")
    }

    /// The findings with their fingerprints. Repeated keys in a file are distinguished by an ordinal. A span of several
    /// lines is reduced to one line after the order is determined, so that ordinals don't depend on what is underlined.
    pub fn finish(mut self) -> Vec<Finding> {
        self.drafts.sort_by_key(|draft| draft.finding.span);
        let mut seen: FxHashMap<Key, u32> = FxHashMap::default();
        let mut findings = Vec::with_capacity(self.drafts.len());
        for Draft { mut finding, key } in self.drafts {
            if finding.level == Level::Off {
                continue;
            }
            let ordinal = seen.entry(key.clone()).and_modify(|count| *count += 1).or_insert(0);
            let ordinal = ordinal.to_string();
            finding.fingerprint = Fingerprint::of([finding.rule, self.cx.own_name(), &key.0, &ordinal]);
            finding.span = mark(self.cx.text.as_str(), finding.span);
            findings.push(finding);
        }
        findings
    }
}

impl Draft {
    /// Uses the level of a declaration (a contract's) instead of the rule's.
    pub fn declared(&mut self, level: Level) -> &mut Self {
        self.finding.level = level;
        self
    }

    /// Limits the level, whatever the rule's level: for a harmless variant of what the rule reports.
    pub fn at_most(&mut self, level: Level) -> &mut Self {
        self.finding.level = self.finding.level.min(level);
        self
    }

    /// Adds the evidence, if something was inferred.
    pub fn evidence(&mut self, evidence: impl Into<String>) -> &mut Self {
        self.finding.evidence = Some(evidence.into());
        self
    }

    /// Adds a related place.
    pub fn related(&mut self, file: File, place: Place, message: impl Into<String>) -> &mut Self {
        self.finding.related.push(Related { file, place, message: message.into() });
        self
    }

    /// Keeps this many related places: the first ones, and the last, which mentions the number of omitted ones.
    /// Definitions are omitted before executed code.
    pub fn keep_related(&mut self, kept: usize) -> &mut Self {
        // Readers can find definitions on their own.
        let is_definition = |it: &Related| matches!(it.place, Place::Variable(_) | Place::Class(_));
        let left = cut(&mut self.finding.related, kept, is_definition);
        if left > 0
            && let Some(last) = self.finding.related.last_mut()
        {
            last.message = format!("{} ({left} more places are not shown)", last.message);
        }
        self
    }

    /// Adds an import in another file as a related place.
    pub fn related_import(&mut self, file: File, import: ImportId, message: impl Into<String>) -> &mut Self {
        self.related(file, Place::Import(import), message)
    }

    /// Sets the dotted names of the modules involved.
    pub fn modules(&mut self, names: impl IntoIterator<Item = impl Into<Name>>) -> &mut Self {
        self.finding.modules = names.into_iter().map(Into::into).collect();
        self
    }

    /// Sets how an editor may render it.
    pub fn tag(&mut self, tag: Tag) -> &mut Self {
        self.finding.tag = Some(tag);
        self
    }

    /// Marks it as described by another finding.
    pub fn repeated(&mut self) -> &mut Self {
        self.finding.is_repeated = true;
        self
    }

    /// Adds a fix; the best one first.
    pub fn fix(&mut self, fix: impl Into<Option<Fix>>) -> &mut Self {
        self.finding.fixes.extend(fix.into());
        self
    }
}

/// Keeps the first elements and the last, `kept` in total, and returns how many were removed. Elements for which
/// `is_aside` holds are removed first.
fn cut<T>(list: &mut Vec<T>, kept: usize, is_aside: impl Fn(&T) -> bool) -> usize {
    let left = list.len().saturating_sub(kept.max(2));
    let mut over = left;
    for at in (1..list.len().saturating_sub(1)).rev() {
        if over > 0 && is_aside(&list[at]) {
            list.remove(at);
            over -= 1;
        }
    }
    if over > 0 {
        let last = list.len() - 1;
        list.drain(last - over..last);
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_related_places_the_first_and_the_last_are_kept_and_the_others_counted() {
        let kept = |count: usize| -> Vec<usize> {
            let mut places: Vec<usize> = (0..count).collect();
            cut(&mut places, 3, |_| false);
            places
        };
        assert_eq!(kept(3), [0, 1, 2]);
        assert_eq!(kept(6), [0, 1, 5]);
        assert_eq!(cut(&mut vec![0; 6], 3, |_| false), 3);
        assert_eq!(cut(&mut vec![0; 2], 0, |_| false), 0);
        let mut places = vec![1, 20, 2, 30, 3, 40];
        assert_eq!(cut(&mut places, 4, |place| *place >= 10), 2);
        assert_eq!(places, [1, 2, 3, 40]);
    }
}
