//! Configuration files as input, their declarations and problems as output: both as text, side by side.
#![allow(clippy::unwrap_used)]

mod bad_input;
mod importlinter;
mod own;
mod several;
mod show;
mod tach;

use camino::Utf8Path;
use expect_test::Expect;

/// Reads `text` as the file `name` in the folder `/p` and compares the result.
fn check(name: &str, text: &str, expected: &Expect) {
    let path = Utf8Path::new("/p").join(name);
    let config::Parsed { config, problems, .. } = config::parse(&path, text);
    let mut out = config.map_or("nothing declared\n".to_owned(), |config| show::config(&config, text));
    for problem in &problems {
        assert_eq!(problem.path, path);
        out += &show::problem(problem, text);
    }
    expected.assert_eq(&out);
}
