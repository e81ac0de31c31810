//! Derives full paths from nested routers.

use std::collections::BTreeMap;

use super::{MAX_DEPTH, MAX_PATHS, MAX_STEPS, Tree};
use crate::routes::access::Access;
use crate::routes::names::Key;
use crate::routes::pieces::{join, shown};
use crate::routes::{Route, Routes};

impl Tree<'_> {
    /// The full paths of a router, with the access requirements on the way.
    fn prefixes(&self, key: &Key, path: &mut Vec<Key>, steps: &mut u32) -> Vec<(String, Access)> {
        *steps += 1;
        let Some(node) = self.nodes.get(key) else { return vec![(String::new(), Access::default())] };
        let mut out = Vec::new();
        if path.len() < MAX_DEPTH && *steps < MAX_STEPS && !path.contains(key) {
            path.push(key.clone());
            for include in self.includes.iter().filter(|include| include.child == *key) {
                for (before, outer) in self.prefixes(&include.parent, path, steps) {
                    let own = if include.replaces { "" } else { node.prefix.as_str() };
                    let mut access = node.access.clone();
                    access.add(&include.access);
                    access.add(&outer);
                    let full = (join(&join(&before, &include.prefix), own), access);
                    if out.len() < MAX_PATHS && !out.contains(&full) {
                        out.push(full);
                    }
                }
            }
            path.pop();
        }
        if out.is_empty() {
            out.push((node.prefix.clone(), node.access.clone()));
        }
        out
    }

    pub(super) fn routes(self) -> Routes {
        let mut list = Vec::new();
        let mut known: BTreeMap<&Key, Vec<(String, Access)>> = BTreeMap::new();
        let bare = vec![(String::new(), Access::default())];
        for entry in &self.entries {
            let prefixes = match &entry.owner {
                Some(owner) => {
                    &*known.entry(owner).or_insert_with(|| self.prefixes(owner, &mut Vec::new(), &mut 0))
                }
                None => &bare,
            };
            for (prefix, outer) in prefixes {
                let mut access = entry.access.clone();
                access.add(outer);
                let mut methods = entry.methods.clone();
                methods.sort();
                methods.dedup();
                list.push(Route {
                    path: shown(&join(prefix, &entry.path)).into(),
                    methods: methods.into(),
                    handler: entry.handler.clone(),
                    framework: entry.framework,
                    response: entry.response.clone(),
                    authentication: access.authentication,
                    dependencies: access.dependencies.into(),
                });
            }
        }
        Routes::of(list)
    }
}
