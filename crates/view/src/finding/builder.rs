//! Where rules put their findings, and how they say what belongs to one.

use config::Level;
use python::{ImportId, Name};
use rustc_hash::FxHashMap;
use source::{File, Span};

use super::{Finding, Fingerprint, Place, Related, Tag, mark};
use crate::{Context, Fix, Rule};

/// Where a rule puts its findings. One for each rule and file.
pub struct Findings<'a> {
    cx: &'a Context<'a>,
    rule: &'static Rule,
    level: Level,
    drafts: Vec<Draft>,
    /// What ignore comments left undone; known only after all other rules have run.
    pub unused: &'a [Unused],
}

/// What an ignore comment left undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unused {
    /// Index among the module's directives.
    pub directive: usize,
    /// Index among the directive's rules; nothing where the whole comment did nothing.
    pub rule: Option<usize>,
}

/// What names a finding within its rule and module; its fingerprint is made of it. Names of the code, joined by spaces,
/// and never a line or the words of a message: those may be written anew while baselines keep what was accepted.
/// The bytes of a key stay what they are for ever.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key(String);

impl Key {
    /// The key with these bytes.
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    /// The dotted names of modules, of a finding about nothing but their relationship.
    pub fn modules<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self(names.into_iter().collect::<Vec<_>>().join(" "))
    }
}

/// A finding in the making.
#[derive(Debug)]
pub struct Draft {
    finding: Finding,
    key: Key,
}

impl<'a> Findings<'a> {
    /// None yet, for `rule` at `level`.
    pub fn new(cx: &'a Context<'a>, rule: &'static Rule, level: Level) -> Self {
        Self { cx, rule, level, drafts: Vec::new(), unused: &[] }
    }

    /// Adds a finding at `span`, named by `key`; what else belongs to it is said on the draft that comes back.
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

    /// The findings with their fingerprints: the same relationship twice in a file is told apart by an ordinal. Of a place
    /// of several lines one is marked, after the order is settled: ordinals don't depend on what is underlined.
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
    /// The level that a declaration asks for (a contract's), instead of the rule's.
    pub fn declared(&mut self, level: Level) -> &mut Self {
        self.finding.level = level;
        self
    }

    /// Told no louder than this, whatever the rule's level: a harmless kind of what the rule reports.
    pub fn at_most(&mut self, level: Level) -> &mut Self {
        self.finding.level = self.finding.level.min(level);
        self
    }

    /// Why it is believed, where something was inferred.
    pub fn evidence(&mut self, evidence: impl Into<String>) -> &mut Self {
        self.finding.evidence = Some(evidence.into());
        self
    }

    /// A place that explains it.
    pub fn related(&mut self, file: File, place: Place, message: impl Into<String>) -> &mut Self {
        self.finding.related.push(Related { file, place, message: message.into() });
        self
    }

    /// Keeps so many of the places that explain it: the first ones and the last, which counts the others.
    /// Definitions go before what runs.
    pub fn keep_related(&mut self, kept: usize) -> &mut Self {
        // Where something is defined is found without us.
        let is_definition = |it: &Related| matches!(it.place, Place::Variable(_) | Place::Class(_));
        let left = cut(&mut self.finding.related, kept, is_definition);
        if left > 0
            && let Some(last) = self.finding.related.last_mut()
        {
            last.message = format!("{} ({left} more places are not shown)", last.message);
        }
        self
    }

    /// An import of another file that explains it.
    pub fn related_import(&mut self, file: File, import: ImportId, message: impl Into<String>) -> &mut Self {
        self.related(file, Place::Import(import), message)
    }

    /// The dotted names of the modules it is about.
    pub fn modules(&mut self, names: impl IntoIterator<Item = impl Into<Name>>) -> &mut Self {
        self.finding.modules = names.into_iter().map(Into::into).collect();
        self
    }

    /// How an editor may draw it.
    pub fn tag(&mut self, tag: Tag) -> &mut Self {
        self.finding.tag = Some(tag);
        self
    }

    /// Another finding tells the same story.
    pub fn repeated(&mut self) -> &mut Self {
        self.finding.is_repeated = true;
        self
    }

    /// A way to mend it; the best first.
    pub fn fix(&mut self, fix: impl Into<Option<Fix>>) -> &mut Self {
        self.finding.fixes.extend(fix.into());
        self
    }
}

/// Leaves the first ones and the last, `kept` together; says how many it took away. What is `aside` goes before the rest.
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
