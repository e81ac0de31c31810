//! Which of many tables are drawn: those of a context, those around one, or a readable number.

use std::collections::BTreeSet;

use super::{Er, Table};

/// The maximum number of tables in one picture.
const MOST: usize = 40;

/// The maximum number of known names listed where one is unknown.
const LISTED: usize = 5;

/// The requested part.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Tables of this bounded context, with those linked to them by keys.
    pub context: Option<String>,
    /// Tables around this one, by class or name.
    pub around: Option<String>,
    /// The distance around it.
    pub hops: usize,
}

/// An unknown name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The requested name.
    pub wanted: String,
    /// The known names.
    pub known: Vec<String>,
}

impl std::fmt::Display for Unknown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "there is no {}", self.wanted)?;
        match self.known.as_slice() {
            [] => Ok(()),
            known => write!(f, "; there is {}", known.join(", ")),
        }
    }
}

impl std::error::Error for Unknown {}

impl Er {
    /// The requested part.
    ///
    /// # Errors
    /// If the context or table is unknown.
    pub fn chosen(self, choice: &Choice) -> Result<Self, Unknown> {
        let wanted = self.wanted(choice)?;
        let kept = if wanted.len() > MOST { self.most_linked(&wanted) } else { wanted.clone() };
        let left = wanted.len() - kept.len();
        let mut er = self.only(&kept);
        if left > 0 {
            er.left_out.push(format!(
                "{left} of {} tables with the fewest keys are not drawn. Choose with --context or --around.",
                wanted.len()
            ));
        }
        Ok(er)
    }

    /// The requested part, however large: for programs.
    ///
    /// # Errors
    /// If the context or table is unknown.
    pub fn chosen_whole(self, choice: &Choice) -> Result<Self, Unknown> {
        let wanted = self.wanted(choice)?;
        Ok(self.only(&wanted))
    }

    fn wanted(&self, choice: &Choice) -> Result<BTreeSet<usize>, Unknown> {
        let mut wanted: Option<BTreeSet<usize>> = None;
        if let Some(context) = &choice.context {
            let is_of = |table: &Table| {
                table
                    .context
                    .as_ref()
                    .is_some_and(|it| it == context || it.rsplit('.').next() == Some(context))
            };
            let own: BTreeSet<usize> = (0..self.tables.len()).filter(|at| is_of(&self.tables[*at])).collect();
            if own.is_empty() {
                let known: BTreeSet<String> =
                    self.tables.iter().filter_map(|it| it.context.clone()).collect();
                let wanted = format!("bounded context with tables called `{context}`");
                return Err(Unknown { wanted, known: known.into_iter().collect() });
            }
            wanted = Some(self.around(&own, 1));
        }
        if let Some(name) = &choice.around {
            let is_it = |table: &Table| {
                table.name == *name
                    || table.class.as_ref() == Some(name)
                    || table.qualified.as_ref() == Some(name)
            };
            let own: BTreeSet<usize> = (0..self.tables.len()).filter(|at| is_it(&self.tables[*at])).collect();
            if own.is_empty() {
                let known = self.near(name);
                return Err(Unknown { wanted: format!("entity or table called `{name}`"), known });
            }
            wanted = Some(self.around(&own, choice.hops));
        }
        Ok(wanted.unwrap_or_else(|| (0..self.tables.len()).collect()))
    }

    /// Tables whose heading contains `name`, or else whose class or name is nearest to it; of few, all.
    fn near(&self, name: &str) -> Vec<String> {
        let low = name.to_lowercase();
        let own = || self.tables.iter().filter(|table| !table.is_outside);
        let holds = |table: &&Table| table.heading().to_lowercase().contains(&low);
        let known: Vec<String> = own().filter(holds).map(Table::heading).take(LISTED).collect();
        if !known.is_empty() {
            return known;
        }
        let names = own().flat_map(|table| table.class.as_deref().into_iter().chain([table.name.as_str()]));
        match config::nearest(name, names) {
            Some(nearest) => own()
                .filter(|table| table.class.as_deref() == Some(nearest) || table.name == nearest)
                .map(Table::heading)
                .take(LISTED)
                .collect(),
            None if own().count() <= LISTED => own().map(Table::heading).collect(),
            None => Vec::new(),
        }
    }

    /// These and everything at most `hops` links away.
    fn around(&self, own: &BTreeSet<usize>, hops: usize) -> BTreeSet<usize> {
        let mut reached = own.clone();
        for _ in 0..hops.min(self.tables.len()) {
            let next: Vec<usize> = self
                .links
                .iter()
                .filter(|link| reached.contains(&link.from) != reached.contains(&link.to))
                .flat_map(|link| [link.from, link.to])
                .collect();
            reached.extend(next);
        }
        reached
    }

    fn most_linked(&self, wanted: &BTreeSet<usize>) -> BTreeSet<usize> {
        let mut links = vec![0_usize; self.tables.len()];
        for link in &self.links {
            links[link.from] += 1;
            links[link.to] += usize::from(link.to != link.from);
        }
        let mut order: Vec<usize> = wanted.iter().copied().collect();
        order.sort_by_key(|at| (std::cmp::Reverse(links[*at]), *at));
        order.into_iter().take(MOST).collect()
    }

    pub(super) fn only(mut self, kept: &BTreeSet<usize>) -> Self {
        let place = |at: usize| kept.iter().position(|it| *it == at);
        self.links = std::mem::take(&mut self.links)
            .into_iter()
            .filter_map(|mut link| {
                link.from = place(link.from)?;
                link.to = place(link.to)?;
                Some(link)
            })
            .collect();
        let mut at = 0;
        self.tables.retain(|_| {
            at += 1;
            kept.contains(&(at - 1))
        });
        let used: BTreeSet<&str> = self
            .tables
            .iter()
            .flat_map(|it| &it.columns)
            .filter_map(|it| it.enumeration.as_deref())
            .collect();
        let enumerations = std::mem::take(&mut self.enumerations);
        let enumerations = enumerations.into_iter().filter(|it| used.contains(it.name.as_str())).collect();
        Self { enumerations, ..self }
    }
}
