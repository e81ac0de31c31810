#![allow(clippy::all, clippy::pedantic, missing_docs, clippy::unwrap_used, clippy::print_stdout)]
use camino::Utf8PathBuf;
use serde_json::json;
use std::sync::Arc;
use workspace::{Change, Workspace};
fn main() {
    let mut args = std::env::args().skip(1);
    let out = args.next().unwrap();
    for dir in args {
        let root = Utf8PathBuf::from(&dir);
        let mut ws = Workspace::new(Arc::new(source::DiskFileSystem::default()));
        let t = std::time::Instant::now();
        ws.apply(vec![Change::AddFolder(root.clone())]);
        let snap = ws.snapshot();
        let (mut fs, mut ls) = (Vec::new(), serde_json::Map::new());
        let mut styles = Vec::new();
        for project in snap.projects() {
            let arch = model::query::architecture(snap.db(), *project);
            let ta = t.elapsed();
            eprintln!("  arch {ta:?}");
            for (s, why) in &arch.layers.styles {
                styles.push(format!("{s}: {why}"));
            }
            for (id, info) in arch.modules.iter() {
                let ctx = arch.layers.context(id).map(|n| n.to_string());
                if let Some(v) = arch.layers.verdict(id) {
                    ls.insert(info.path.to_string(), json!({"layer": v.layer.as_str(), "confidence": v.confidence.0, "context": ctx, "style": arch.layers.style(id).map(|s| s.as_str()),
                        "evidence": v.evidence.iter().map(|e| format!("{} {}: {}", e.layer, e.weight, e.reason)).collect::<Vec<_>>()}));
                } else {
                    ls.insert(info.path.to_string(), json!({"layer":"unknown","context":ctx}));
                }
            }
            for (path, file) in &project.files(snap.db()).list {
                let text = snap.text(*file);
                for f in snap.check(*project, *file).iter() {
                    let p = text.position(f.span.start, source::PositionEncoding::Utf8);
                    fs.push(json!({"rule": f.rule, "level": f.level.as_str(), "path": path.to_string(), "line": p.line+1, "column": p.column+1, "message": f.message, "evidence": f.evidence,
                        "modules": f.modules.iter().map(|m| m.to_string()).collect::<Vec<_>>(), "related": f.related.len(), "fixes": f.fixes.iter().map(|x| x.title.clone()).collect::<Vec<_>>(), "fingerprint": f.fingerprint.0}));
                }
            }
        }
        let name = root.file_name().unwrap();
        std::fs::write(
            format!("{out}/{name}.findings.json"),
            serde_json::to_string_pretty(&json!({"findings": fs, "styles": styles})).unwrap(),
        )
        .unwrap();
        std::fs::write(format!("{out}/{name}.layers.json"), serde_json::to_string_pretty(&ls).unwrap())
            .unwrap();
        println!("{name} {} findings {:?} {:?}", fs.len(), t.elapsed(), styles);
    }
}
