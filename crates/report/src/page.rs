//! The architecture as a single page that any browser opens: no network, no library, no server.
//!
//! The page is the editor's (`editors/vscode/webview`), bundled into `page/architecture.html`; here its data is added.
//! `npm run bundle` in `editors/vscode` regenerates it, and `page/sources.txt` records its sources. The data of a large
//! project is packed, so that the page stays below 1 MB.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ide::architecture::Architecture;

use crate::escape::html as escaped;

/// The page without data.
const TEMPLATE: &str = include_str!("../page/architecture.html");

/// Longer data is packed.
const LONGEST: usize = 512 * 1024;

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
    let data = if data.len() > LONGEST { packed(&data) } else { data };
    Ok([before.as_str(), &title, &between, &data, &after].concat())
}

/// Text as the page unpacks it: deflated, in base64.
fn packed(text: &str) -> String {
    const EFFORT: u8 = 7;
    BASE64_STANDARD.encode(miniz_oxide::deflate::compress_to_vec(text.as_bytes(), EFFORT))
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

    /// A project of 2,000 modules with ten imports each.
    fn large() -> Architecture {
        use ide::architecture::{Import, ImportTime, LeftOut, Module, Picture};
        let path = |at: usize| format!("app/context_{}/services/subject_{at}.py", at % 40);
        let modules = (0..2_000).map(|at| Module {
            name: path(at).trim_end_matches(".py").replace('/', "."),
            path: path(at).into(),
            folder: 0,
            layer: Some("application"),
            confidence: Some(90),
            is_sure: true,
            reason: Some("lies in a folder named \"services\"".to_owned()),
            context: Some(format!("app.context_{}", at % 40)),
            is_package: false,
        });
        let imports = (0..20_000_u32).map(|at| Import {
            from: at / 10,
            to: at.wrapping_mul(2_654_435_761) % 2_000,
            line: at % 90 + 1,
            when: ImportTime::Load,
            names: vec![format!("Subject{}", at % 700)],
        });
        Architecture {
            schema: ide::architecture::SCHEMA,
            name: "large".to_owned(),
            root: "/home".into(),
            style: "layered".to_owned(),
            lanes: Vec::new(),
            folders: Vec::new(),
            modules: modules.collect(),
            left_out: LeftOut::default(),
            imports: imports.collect(),
            violations: Vec::new(),
            cycles: Vec::new(),
            picture: Picture {
                shown: Vec::new(),
                rest: Vec::new(),
                folded: None,
                boxes: Vec::new(),
                edges: Vec::new(),
            },
        }
    }

    #[test]
    fn a_large_page_is_below_a_megabyte_and_holds_all() {
        let whole = serde_json::to_string(&large()).expect("it is JSON");
        assert!(whole.len() > 1_500_000, "{}", whole.len());
        let page = page(large(), true).expect("it is JSON");
        assert!(page.len() < 1_000_000, "{}", page.len());
        let [_, between, after] = parts();
        let (_, data) = page.split_once(&between).expect("the data is there");
        let data = data.strip_suffix(&after).expect("the page ends");
        let bytes = BASE64_STANDARD.decode(data).expect("it is base64");
        let text = miniz_oxide::inflate::decompress_to_vec(&bytes).expect("it is deflated");
        assert_eq!(String::from_utf8(text).expect("it is text"), whole.replace('<', "\\u003c"));
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
