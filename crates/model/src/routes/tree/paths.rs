//! From routers in routers to full paths.

use super::{MAX_DEPTH, MAX_PATHS, Tree};
use crate::routes::access::Access;
use crate::routes::names::Key;
use crate::routes::pieces::{join, shown};
use crate::routes::{Route, Routes};

impl Tree<'_> {
    /// The full paths of a router, with what is asked for on the way.
    fn prefixes(&self, key: &Key, path: &mut Vec<Key>) -> Vec<(String, Access)> {
        let Some(node) = self.nodes.get(key) else { return vec![(String::new(), Access::default())] };
        let mut out = Vec::new();
        if path.len() < MAX_DEPTH && !path.contains(key) {
            path.push(key.clone());
            for include in self.includes.iter().filter(|include| include.child == *key) {
                for (before, outer) in self.prefixes(&include.parent, path) {
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
        for entry in &self.entries {
            let prefixes = match &entry.owner {
                Some(owner) => self.prefixes(owner, &mut Vec::new()),
                None => vec![(String::new(), Access::default())],
            };
            for (prefix, outer) in prefixes {
                let mut access = entry.access.clone();
                access.add(&outer);
                let mut methods = entry.methods.clone();
                methods.sort();
                methods.dedup();
                list.push(Route {
                    path: shown(&join(&prefix, &entry.path)).into(),
                    methods: methods.into(),
                    handler: entry.handler.clone(),
                    framework: entry.framework,
                    response: entry.response.clone(),
                    authentication: access.authentication,
                    dependencies: access.dependencies.into(),
                });
            }
        }
        list.sort();
        list.dedup();
        Routes { list }
    }
}
