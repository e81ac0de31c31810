//! Route queries: by name, by cost, and the frameworks whose routes aren't supported.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use flow::{Cost, Db};
use model::{PathRole, Project, Route};
use serde::Serialize;

/// The routes that a few words refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked<'r> {
    /// One route.
    One(&'r Route),
    /// Several routes.
    Several(Vec<&'r Route>),
    /// None; holds the nearest routes, in a form that can be requested.
    None(Vec<String>),
}

/// The route for `words`: `GET /orders`, `/orders`, or the name of its handler.
pub fn asked<'r>(routes: &'r [Route], words: &str) -> Asked<'r> {
    let words = words.trim();
    let (method, path) = match words.split_once(char::is_whitespace) {
        Some((method, path)) => (Some(method.to_uppercase()), path.trim()),
        None => (None, words),
    };
    let trimmed = |path: &str| path.trim_end_matches('/').to_owned();
    let has_method = |route: &Route| match &method {
        Some(methods) => methods
            .split(',')
            .all(|method| route.methods.is_empty() || route.methods.iter().any(|it| it == method)),
        None => true,
    };
    let by_path = |same: &dyn Fn(&str) -> bool| -> Vec<&'r Route> {
        routes.iter().filter(|route| has_method(route) && same(&route.path)).collect()
    };
    let mut found = by_path(&|it| it == path);
    if found.is_empty() {
        found = by_path(&|it| trimmed(it) == trimmed(path));
    }
    if found.is_empty() {
        found = by_path(&|it| without_names(it) == without_names(path));
    }
    if found.is_empty() && method.is_none() {
        found = routes.iter().filter(|route| route.handler.qualified() == path).collect();
    }
    match found.as_slice() {
        [] => Asked::None(nearest(routes, words)),
        [one] => Asked::One(one),
        _ => Asked::Several(found),
    }
}

/// A web framework whose routes aren't supported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotRead {
    /// Its name in the package index.
    pub framework: String,
    /// The files that import its applications or routers, sorted.
    pub files: Vec<String>,
}

/// The imported frameworks of a project whose routes aren't supported.
pub fn not_read(db: &dyn Db, project: Project) -> Vec<NotRead> {
    let modules = model::query::modules(db, project);
    let mut found: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for (_, info) in modules.iter().filter(|(_, info)| info.role == PathRole::Code) {
        for resolved in model::query::resolved(db, project, info.file).iter() {
            let Some(serves) = resolved.outside().and_then(|name| libraries::serves(name)) else { continue };
            // `import aiohttp` for its client alone.
            if serves.part.is_some_and(|it| !source::query::text(db, info.file).as_str().contains(it)) {
                continue;
            }
            let files = found.entry(serves.distribution).or_default();
            if !serves.is_read && files.last().is_none_or(|last| *last != info.path) {
                files.push(info.path.to_string());
            }
        }
    }
    let found = found.into_iter().filter(|(_, files)| !files.is_empty());
    found.map(|(framework, files)| NotRead { framework: framework.to_owned(), files }).collect()
}

/// Orders costs: fastest growth with the data first, then the largest number of queries.
pub fn by_cost(cost: &Cost) -> impl Ord + use<> {
    let degree = cost.terms.keys().map(Vec::len).max().unwrap_or_default();
    let of_degree = |degree: usize| -> u32 {
        let terms = cost.terms.iter().filter(|(factors, _)| factors.len() == degree);
        terms.fold(0, |sum, (_, count)| sum.saturating_add(*count))
    };
    // The counts of the terms from the fastest-growing to the constant.
    let counts: Vec<u32> = (0..=degree).rev().map(of_degree).collect();
    Reverse((degree, counts, cost.is_open))
}

/// The path with unnamed parameters: `/orders/{}`.
fn without_names(path: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    for letter in path.trim_end_matches('/').chars() {
        match letter {
            '{' | '<' => {
                depth += 1;
                if depth == 1 {
                    out.push_str("{}");
                }
            }
            '}' | '>' => depth = depth.saturating_sub(1),
            letter if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    out
}

/// At most five suggested routes.
fn nearest(routes: &[Route], words: &str) -> Vec<String> {
    const OFFERED: usize = 5;
    let mut titles: Vec<String> = routes.iter().map(Route::title).collect();
    titles.dedup();
    let path = words.split_whitespace().last().unwrap_or(words);
    let mut near: Vec<String> = Vec::new();
    if let Some(best) = config::nearest(words, titles.iter().map(String::as_str)) {
        near.push(best.to_owned());
    }
    if let Some(best) = config::nearest(path, routes.iter().map(|route| route.path.as_str())) {
        let titles = routes.iter().filter(|route| route.path == best).map(Route::title);
        near.extend(titles.filter(|title| !near.contains(title)).collect::<Vec<_>>());
    }
    let parts: Vec<&str> =
        path.split('/').filter(|part| !part.is_empty() && !part.starts_with(['{', '<'])).collect();
    let shared = |title: &String| parts.iter().filter(|part| title.split('/').any(|it| it == **part)).count();
    let mut others: Vec<(usize, &String)> =
        titles.iter().map(|title| (shared(title), title)).filter(|(count, _)| *count > 0).collect();
    others.sort_by_key(|(count, title)| (std::cmp::Reverse(*count), *title));
    for (_, title) in others {
        if !near.contains(title) {
            near.push(title.clone());
        }
    }
    // Of few routes, any may be meant.
    if near.is_empty() && titles.len() <= OFFERED {
        return titles;
    }
    near.truncate(OFFERED);
    near
}
