//! The levels of all presets: a row a rule, a column a preset. Options that presets set stand below.

use config::Level;

use crate::OptionDefault;

/// One rule in all presets.
pub struct Row {
    /// Of the rule.
    pub id: &'static str,
    /// Whether some of its findings come with a fix; the pages' examples are held to it.
    pub has_fix: bool,
    /// `strict`, `layered`, `clean`, `hexagonal`, `fastapi`, `django`; nothing where a preset leaves it alone.
    pub levels: [Option<Level>; 6],
}

const KEEP: Option<Level> = None;
const OFF: Option<Level> = Some(Level::Off);
const INFO: Option<Level> = Some(Level::Info);
const WARN: Option<Level> = Some(Level::Warning);
const ERR: Option<Level> = Some(Level::Error);

/// Has a fix, and has none.
const FIX: bool = true;
const NO: bool = false;

const fn rule(id: &'static str, has_fix: bool, levels: [Option<Level>; 6]) -> Row {
    Row { id, has_fix, levels }
}

/// Sorted by id.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    //                                         strict layered clean hexagonal fastapi django
    rule("anemic-model",              NO,  [KEEP, OFF,  WARN, WARN, KEEP, OFF ]),
    rule("blocking-call-in-async",    NO,  [WARN, KEEP, KEEP, KEEP, WARN, WARN]),
    rule("circular-import",           NO,  [WARN, WARN, WARN, WARN, KEEP, KEEP]),
    rule("concrete-dependency",       FIX, [KEEP, OFF,  WARN, WARN, KEEP, OFF ]),
    rule("dynamic-import",            FIX, [WARN, KEEP, KEEP, KEEP, KEEP, KEEP]),
    rule("environment-outside-config", FIX, [WARN, WARN, WARN, WARN, WARN, WARN]),
    rule("fat-controller",            NO,  [WARN, WARN, WARN, WARN, WARN, KEEP]),
    rule("fat-protocol",              NO,  [INFO, KEEP, INFO, WARN, KEEP, OFF ]),
    rule("forbidden-import",          NO,  [ERR,  KEEP, KEEP, KEEP, KEEP, KEEP]),
    rule("framework-in-domain",       NO,  [WARN, KEEP, ERR,  ERR,  KEEP, OFF ]),
    rule("god-object",                NO,  [WARN, WARN, WARN, WARN, KEEP, KEEP]),
    rule("hidden-dependency",         FIX, [WARN, WARN, WARN, WARN, WARN, OFF ]),
    rule("hidden-import",             FIX, [WARN, KEEP, KEEP, KEEP, KEEP, INFO]),
    rule("http-outside-presentation", FIX, [WARN, WARN, ERR,  ERR,  WARN, KEEP]),
    rule("interpolated-sql",          FIX, [WARN, KEEP, KEEP, KEEP, WARN, WARN]),
    rule("invalid-ignore",            NO,  [WARN, KEEP, KEEP, KEEP, KEEP, KEEP]),
    rule("junk-drawer",               NO,  [INFO, INFO, INFO, INFO, KEEP, KEEP]),
    rule("layer-violation",           FIX, [WARN, ERR,  ERR,  ERR,  KEEP, KEEP]),
    rule("lazy-load-in-async",        FIX, [WARN, KEEP, KEEP, KEEP, ERR,  KEEP]),
    rule("logic-in-composition",      NO,  [WARN, KEEP, WARN, WARN, KEEP, KEEP]),
    rule("missing-protocol",          FIX, [KEEP, OFF,  WARN, WARN, KEEP, OFF ]),
    rule("mutable-value-object",      FIX, [WARN, KEEP, WARN, WARN, KEEP, KEEP]),
    rule("n-plus-one",                FIX, [WARN, KEEP, KEEP, KEEP, WARN, WARN]),
    rule("n-plus-one-serialization",  FIX, [WARN, KEEP, KEEP, KEEP, WARN, WARN]),
    rule("orm-leak",                  NO,  [WARN, KEEP, WARN, WARN, KEEP, OFF ]),
    rule("pass-through-layer",        NO,  [INFO, INFO, INFO, INFO, KEEP, INFO]),
    rule("private-module-import",     FIX, [WARN, KEEP, KEEP, KEEP, KEEP, KEEP]),
    rule("protocol-drift",            FIX, [WARN, KEEP, WARN, ERR,  KEEP, KEEP]),
    rule("query-in-route",            NO,  [WARN, WARN, WARN, WARN, WARN, OFF ]),
    rule("sequential-awaits",         NO,  [WARN, KEEP, KEEP, KEEP, INFO, KEEP]),
    rule("service-locator",           NO,  [WARN, WARN, WARN, WARN, WARN, KEEP]),
    rule("shared-mutable-state",      NO,  [WARN, KEEP, KEEP, KEEP, WARN, WARN]),
    rule("sibling-service-import",    NO,  [WARN, WARN, WARN, WARN, KEEP, KEEP]),
    rule("side-effect-in-model",      NO,  [WARN, KEEP, WARN, WARN, KEEP, KEEP]),
    rule("unbounded-query",           NO,  [WARN, KEEP, KEEP, KEEP, WARN, INFO]),
    rule("unprotected-route",         NO,  [WARN, KEEP, KEEP, KEEP, WARN, WARN]),
    rule("unused-ignore",             FIX, [WARN, KEEP, KEEP, KEEP, KEEP, KEEP]),
];

/// Options that presets set: preset, rule, option, value.
pub const OPTIONS: &[(&str, &str, &str, OptionDefault)] = &[
    ("strict", "blocking-call-in-async", "files", OptionDefault::Bool(true)),
    ("strict", "sibling-service-import", "when", OptionDefault::String("injected")),
    ("layered", "sibling-service-import", "when", OptionDefault::String("injected")),
];

/// The row of a rule.
pub fn row(id: &str) -> Option<&'static Row> {
    TABLE.binary_search_by_key(&id, |row| row.id).ok().map(|at| &TABLE[at])
}
