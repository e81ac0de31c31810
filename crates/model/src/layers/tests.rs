//! Small projects, and the verdict on each of their modules: layer, confidence, strongest reason.

mod contents;
mod contexts;
mod declared;
mod meanings;
mod names;
mod neighbours;
mod stability;
mod styles;
mod traps;

use std::fmt::Write;

use expect_test::Expect;

use crate::fixture::Fixture;
use crate::{PathRole, query};

/// Compares the verdicts on all modules with `expected`, one per line. Empty packages are omitted.
fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&verdicts(&Fixture::new(text)));
}

fn verdicts(fixture: &Fixture) -> String {
    let modules = fixture.modules();
    let layers = query::layers(&fixture.db, fixture.project);
    let mut out = String::new();
    for (id, module) in modules.iter() {
        let signals = query::signals(&fixture.db, module.file);
        if module.is_package && signals.is_hollow() && module.role == PathRole::Code {
            continue;
        }
        let _ = match layers.verdict(id) {
            None => writeln!(out, "{} -", module.path),
            Some(verdict) => {
                let reason = verdict.evidence.first().map_or(String::new(), ToString::to_string);
                writeln!(out, "{} {} {} ({reason})", module.path, verdict.layer, verdict.confidence.0)
            }
        };
    }
    out
}
