//! The facts as queries: one that parses, and narrow ones that stop a change where it ends.

mod packed;

use std::sync::Arc;

use cache::{Key, Kind, Store};
pub use packed::{body, packed_bodies, packed_places};
use salsa::Cancelled;
use source::{Content, File, PositionEncoding};

use crate::{Bodies, Definitions, Directive, ImportSpans, Imports, Module, NameUse, OpenTrees, Spans};

/// What queries about one module need from the database.
#[salsa::db]
pub trait Db: source::Db {
    /// The trees of open buffers.
    fn open_trees(&self) -> &OpenTrees;

    /// What was kept of earlier runs; nothing, unless somebody opened it.
    fn store(&self) -> &Store {
        static OFF: Store = Store::off();
        &OFF
    }
}

/// All facts of `file`. Recomputed at every change of the text; only the newest few are kept.
///
/// A parse is given up when the writer wants to go on: a bracket typed into a large file makes one as dear as a parse from
/// scratch, and the next keystroke doesn't wait for it. A closed file whose text was seen in an earlier run isn't parsed.
#[salsa::tracked(returns(clone), no_eq, lru = 128)]
pub fn module(db: &dyn Db, file: File) -> Arc<Module> {
    let text = source::query::text(db, file);
    let is_closed = matches!(file.content(db), Content::Disk(_));
    // What is kept is what would be worked out here: a function of the text, like all else.
    let key = (is_closed && db.store().is_on()).then(|| Key::of(text.as_str()));
    if let Some(module) = key.and_then(|key| db.store().get(Kind::Module, key)) {
        return Arc::new(module);
    }
    let cancelled = || {
        // Unwinding through tree-sitter is not allowed: the unwinding ends here and begins again below.
        let check = std::panic::AssertUnwindSafe(|| db.unwind_if_revision_cancelled());
        Cancelled::catch(check).is_err()
    };
    if is_typed(db, file)
        && let Some(module) = db.open_trees().module_for(file, text.shared(), &cancelled)
    {
        return module;
    }
    let tree = crate::parse_cancellable(text.as_str(), &cancelled).unwrap_or_else(|| {
        db.unwind_if_revision_cancelled();
        crate::parse(text.as_str())
    });
    let module = crate::lower(text.as_str(), &tree);
    if let Some(key) = key {
        db.store().put(file.path(db), Kind::Module, key, &module);
    }
    Arc::new(module)
}

/// What `text` says, typed into `file` and not yet seen by queries: what [`module`] will say when they do. Nothing where that isn't
/// known soon, as where the text has syntax errors, or where `cancelled` says that nobody wants it any more.
pub fn typed_module(
    db: &dyn Db,
    file: File,
    text: &Arc<str>,
    cancelled: &dyn Fn() -> bool,
) -> Option<Arc<Module>> {
    db.open_trees().typed_module_for(file, text, cancelled)
}

/// What `file` imports. Stable while its imports are.
#[salsa::tracked(returns(clone))]
pub fn imports(db: &dyn Db, file: File) -> Arc<Imports> {
    Arc::clone(&module(db, file).imports)
}

/// What `file` defines. Stable while names, bases and signatures are.
#[salsa::tracked(returns(clone))]
pub fn definitions(db: &dyn Db, file: File) -> Arc<Definitions> {
    Arc::clone(&module(db, file).definitions)
}

/// What the bodies of `file` do. Not compared: who reads it, reads positions as well.
#[salsa::tracked(returns(clone), no_eq, lru = 128)]
pub fn bodies(db: &dyn Db, file: File) -> Arc<Bodies> {
    if is_typed(db, file) {
        return Arc::clone(&module(db, file).bodies);
    }
    packed::bodies(db, file).map_or_else(|| Arc::clone(&module(db, file).bodies), Arc::new)
}

/// Whether `file` is open: what it says is new with each keystroke, and in memory. Of others, what isn't kept as it is comes out
/// of what their first parse left packed.
fn is_typed(db: &dyn Db, file: File) -> bool {
    matches!(file.content(db), Content::Open(_))
}

/// Where imported names are used in `file`.
#[salsa::tracked(returns(clone), lru = 128)]
pub fn uses(db: &dyn Db, file: File) -> Arc<[NameUse]> {
    if is_typed(db, file) {
        return Arc::clone(&module(db, file).uses);
    }
    packed::places(db, file).map_or_else(|| Arc::clone(&module(db, file).uses), |places| places.uses.into())
}

/// The comments in `file` that speak to Architrave. Kept for all files: few have any, and those without are not parsed
/// for it.
#[salsa::tracked(returns(clone))]
pub fn directives(db: &dyn Db, file: File) -> Arc<[Directive]> {
    if !source::query::text(db, file).as_str().contains(DIRECTIVE) {
        return Arc::default();
    }
    Arc::clone(&module(db, file).directives)
}

/// No comment speaks to Architrave without this.
const DIRECTIVE: &str = "architrave";

/// Where the imports of `file` stand, by [`crate::ImportId`]. Kept for all files, so that a rule about imports can be
/// run again without reading a file again.
#[salsa::tracked(returns(clone))]
pub fn import_spans(db: &dyn Db, file: File) -> Arc<[ImportSpans]> {
    Arc::from(&*module(db, file).spans.imports)
}

/// The zero-based line of each import of `file` (of the name, not of its statement), by [`crate::ImportId`]. Kept for all
/// files: whoever lists the imports of a project doesn't read it again for that.
#[salsa::tracked(returns(clone))]
pub fn import_lines(db: &dyn Db, file: File) -> Arc<[u32]> {
    let spans = import_spans(db, file);
    if spans.is_empty() {
        return Arc::default();
    }
    let text = source::query::text(db, file);
    spans.iter().map(|spans| text.position(spans.item.start, PositionEncoding::Utf8).line).collect()
}

/// Where the facts of `file` stand.
#[salsa::tracked(returns(clone), lru = 128)]
pub fn spans(db: &dyn Db, file: File) -> Arc<Spans> {
    if is_typed(db, file) {
        return Arc::clone(&module(db, file).spans);
    }
    packed::places(db, file)
        .map_or_else(|| Arc::clone(&module(db, file).spans), |places| Arc::new(places.spans))
}
