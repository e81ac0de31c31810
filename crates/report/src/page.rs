//! The architecture as a single page that any browser opens: no network, no library, no server.
//!
//! The page is the editor's (`editors/vscode/webview`), bundled into `page/architecture.html`; here its data is added.
//! `npm run bundle` in `editors/vscode` regenerates it, and `page/sources.txt` records its sources.

use crate::escape::html as escaped;
use ide::architecture::Architecture;

/// The page without data.
const TEMPLATE: &str = include_str!("../page/architecture.html");

/// The page of one architecture. With `links` its places are links for an editor on this machine, which the page then
/// names; without, the same project gives the same page everywhere.
///
/// # Errors
/// If the architecture can't be written as JSON.
pub fn page(mut architecture: Architecture, links: bool) -> Result<String, serde_json::Error> {
    if !links {
        std::mem::take(&mut architecture.root);
    }
    // Without `<` no name in the code can end the script around the data, or start a comment in it.
    let data = serde_json::to_string(&architecture)?.replace('<', "\\u003c");
    let title = escaped(&format!("Architecture of {}", architecture.name));
    let [before, between, after] = parts();
    Ok([before.as_str(), &title, &between, &data, &after].concat())
}

/// The colours and fonts of the page, in both colour schemes, as CSS rules, so that related pages look the same.
pub fn colours() -> &'static str {
    let from = TEMPLATE.find(":root{").and_then(|at| TEMPLATE.get(at..)).unwrap_or_default();
    from.split_once("*{").map_or("", |(rules, _)| rules)
}

/// The template around its title and its data; its nonce only has to be consistent.
fn parts() -> [String; 3] {
    let template = TEMPLATE.replace("__NONCE__", "architrave");
    let (before, rest) = template.split_once("__TITLE__").unwrap_or((&template, ""));
    let (between, after) = rest.split_once("__DATA__").unwrap_or((rest, ""));
    [before.to_owned(), between.to_owned(), after.to_owned()]
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    fn webview() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../editors/vscode/webview")
    }

    /// Same as `fingerprint` in `editors/vscode/webview/build.mjs`.
    fn fingerprint(text: &str) -> String {
        let hash =
            text.bytes().filter(|byte| *byte != b'\r').fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
            });
        format!("{hash:016x}")
    }

    #[test]
    fn the_page_is_made_of_the_sources_as_they_are() {
        let mut said = BTreeSet::new();
        for line in include_str!("../page/sources.txt").lines() {
            let (print, name) = line.split_once(' ').expect("a fingerprint and a name");
            let text = match name {
                "architecture.html" => TEMPLATE.to_owned(),
                _ => std::fs::read_to_string(webview().join(name)).unwrap_or_default(),
            };
            assert_eq!(fingerprint(&text), print, "{name} has changed: `npm run bundle` in editors/vscode");
            said.insert(name.trim_start_matches("src/").to_owned());
        }
        for entry in std::fs::read_dir(webview().join("src")).expect("the sources are there").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_said = name.ends_with(".test.ts") || said.contains(&name);
            assert!(is_said, "{name} is new: `npm run bundle` in editors/vscode");
        }
    }

    #[test]
    fn the_colours_are_whole_rules_for_both_lights() {
        let rules = colours();
        assert!(rules.contains("--paper:") && rules.contains("prefers-color-scheme:dark"), "{rules}");
        assert_eq!(rules.matches('{').count(), rules.matches('}').count());
    }

    #[test]
    fn the_template_has_one_place_for_title_and_data_and_nothing_else_to_fill_in() {
        let [before, between, after] = parts();
        assert!(before.ends_with("<title>"));
        assert!(between.starts_with("</title>") && between.ends_with("id=\"architecture\">"));
        assert!(after.starts_with("</script>") && after.ends_with("</html>\n"));
        let page = [before, between, after].concat();
        for place in ["__NONCE__", "__TITLE__", "__DATA__"] {
            assert!(!page.contains(place), "{place}");
        }
    }
}
