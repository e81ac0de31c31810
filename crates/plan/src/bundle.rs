//! Groups arrows into steps: each about one subject, none too large.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::cuts::Arrow;

/// Limit on the dependencies per step; a single arrow may have more.
const MOST: usize = 20;

/// Arrows of one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bundle {
    /// Its subject, and whether it is about the subject's imports (otherwise about its importers); `None` for arrows
    /// without a common subject.
    pub about: Option<(String, bool)>,
    /// The arrows, the largest first.
    pub arrows: Vec<Arrow>,
}

impl Bundle {
    /// The number of dependencies in it.
    pub(crate) fn pairs(&self) -> usize {
        self.arrows.iter().map(|arrow| arrow.pairs.len()).sum()
    }

    /// The instruction, in the imperative.
    pub(crate) fn title(&self) -> String {
        let names = |name: fn(&Arrow) -> &String| {
            let mut names: Vec<&str> = self.arrows.iter().map(|arrow| name(arrow).as_str()).collect();
            names.sort_unstable();
            names.dedup();
            view::wording::codes(&names)
        };
        match (&self.about, &self.arrows[..]) {
            (Some((name, true)), _) => format!("let `{name}` stop importing {}", names(|arrow| &arrow.to)),
            (Some((name, false)), _) => format!("let {} stop importing `{name}`", names(|arrow| &arrow.from)),
            (None, [only]) => format!("let `{}` stop importing `{}`", only.from, only.to),
            (None, several) => format!("take out {} arrows that stand alone", several.len()),
        }
    }
}

/// The arrows in bundles. Several arrows of one part in one direction form a bundle, the largest first; the rest is put
/// together.
pub(crate) fn bundles(arrows: &[Arrow]) -> Vec<Bundle> {
    let mut open: Vec<Arrow> = arrows.to_vec();
    let mut bundles = Vec::new();
    while let Some((name, outgoing)) = largest(&open) {
        let is_of = |arrow: &Arrow| if outgoing { arrow.from == name } else { arrow.to == name };
        let (of_it, rest): (Vec<Arrow>, Vec<Arrow>) = open.into_iter().partition(is_of);
        open = rest;
        bundles.extend(portions(Some(&(name, outgoing)), of_it));
    }
    bundles.extend(portions(None, open));
    bundles
}

/// The part with the most dependencies behind several arrows in one direction.
fn largest(arrows: &[Arrow]) -> Option<(String, bool)> {
    let mut stars: BTreeMap<(&str, bool), (usize, usize)> = BTreeMap::new();
    for arrow in arrows {
        for star in [(arrow.from.as_str(), true), (arrow.to.as_str(), false)] {
            let (pairs, count) = stars.entry(star).or_default();
            *pairs += arrow.pairs.len();
            *count += 1;
        }
    }
    let several = stars.into_iter().filter(|(_, (_, count))| *count > 1);
    let first = several.max_by_key(|((name, outgoing), (pairs, _))| (*pairs, *outgoing, Reverse(*name)));
    first.map(|((name, outgoing), _)| (name.to_owned(), outgoing))
}

fn portions(about: Option<&(String, bool)>, mut arrows: Vec<Arrow>) -> Vec<Bundle> {
    arrows.sort_by(|left, right| {
        (left.pairs.len(), &left.from, &left.to).cmp(&(right.pairs.len(), &right.from, &right.to))
    });
    let mut bundles: Vec<Bundle> = Vec::new();
    for arrow in arrows {
        let fits = |bundle: &&mut Bundle| bundle.pairs() + arrow.pairs.len() <= MOST;
        match bundles.last_mut().filter(fits) {
            Some(bundle) => bundle.arrows.push(arrow),
            None => bundles.push(Bundle { about: about.cloned(), arrows: vec![arrow] }),
        }
    }
    for bundle in &mut bundles {
        bundle.arrows.reverse();
        if bundle.arrows.len() == 1 {
            bundle.about = None;
        }
    }
    bundles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrow(from: &str, to: &str, pairs: u32) -> Arrow {
        let package = Some("shop".to_owned());
        let pairs = (0..pairs).map(|number| (number, number + 1)).collect();
        Arrow { package, from: from.to_owned(), to: to.to_owned(), pairs }
    }

    fn titles(arrows: &[Arrow]) -> Vec<String> {
        bundles(arrows).iter().map(|bundle| format!("{} ({})", bundle.title(), bundle.pairs())).collect()
    }

    #[test]
    fn arrows_of_one_part_go_together() {
        let arrows = [arrow("kit", "orders", 2), arrow("kit", "users", 3), arrow("mail", "users", 1)];
        let expected = [
            "let `kit` stop importing `users` and `orders` (5)"
                .replace("`users` and `orders`", "`orders` and `users`"),
            "let `mail` stop importing `users` (1)".to_owned(),
        ];
        assert_eq!(titles(&arrows), expected);
    }

    #[test]
    fn no_step_is_too_large_but_one_arrow_may_be() {
        let arrows = [arrow("kit", "orders", 12), arrow("kit", "users", 13), arrow("kit", "mail", 30)];
        assert_eq!(
            titles(&arrows),
            [
                "let `kit` stop importing `orders` (12)",
                "let `kit` stop importing `users` (13)",
                "let `kit` stop importing `mail` (30)"
            ]
        );
    }
}
