//! The facts as queries: one that parses, and narrow ones at which a change stops.

mod packed;

use std::sync::Arc;

use cache::{Key, Kind, Store};
pub use packed::{body, packed_bodies, packed_places};
use salsa::Cancelled;
use source::{Content, File, PositionEncoding};

use crate::{Bodies, Definitions, Directive, ImportSpans, Imports, Module, NameUse, OpenTrees, Spans};

/// The database interface that queries about one module require.
#[salsa::db]
pub trait Db: source::Db {
    /// The trees of open buffers.
    fn open_trees(&self) -> &OpenTrees;

    /// The cache of earlier runs; empty unless it was opened.
    fn store(&self) -> &Store {
        static OFF: Store = Store::off();
        &OFF
    }
}

/// All facts of `file`. Recomputed at every change of the text; only the most recent ones are kept.
///
/// A parse is cancelled when the writer wants to continue: a bracket typed into a large file makes a reparse as
/// expensive as a parse from scratch, and the next keystroke doesn't wait for it. A closed file whose text was seen in
/// an earlier run isn't parsed.
#[salsa::tracked(returns(clone), no_eq, lru = 128)]
pub fn module(db: &dyn Db, file: File) -> Arc<Module> {
    let text = source::query::text(db, file);
    let is_closed = matches!(file.content(db), Content::Disk(_));
    // The cached value is what would be computed here: a function of the text, like everything else.
    let key = (is_closed && db.store().is_on()).then(|| Key::of(text.as_str()));
    if let Some(module) = key.and_then(|key| db.store().get(Kind::Module, key)) {
        return Arc::new(module);
    }
    let cancelled = || {
        // Unwinding through tree-sitter is not permitted, so it is stopped here and resumed below.
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

/// The facts of `text`, typed into `file` and not yet visible to queries: what [`module`] will return once it is.
/// `None` if they can't be computed quickly, for instance because of syntax errors, or if `cancelled` returns true.
pub fn typed_module(
    db: &dyn Db,
    file: File,
    text: &Arc<str>,
    cancelled: &dyn Fn() -> bool,
) -> Option<Arc<Module>> {
    db.open_trees().typed_module_for(file, text, cancelled)
}

/// The imports of `file`. Stable as long as its imports are.
#[salsa::tracked(returns(clone))]
pub fn imports(db: &dyn Db, file: File) -> Arc<Imports> {
    Arc::clone(&module(db, file).imports)
}

/// The definitions of `file`. Stable as long as names, bases and signatures are.
#[salsa::tracked(returns(clone))]
pub fn definitions(db: &dyn Db, file: File) -> Arc<Definitions> {
    Arc::clone(&module(db, file).definitions)
}

/// The bodies of `file`. Not compared, because dependents read positions as well.
#[salsa::tracked(returns(clone), no_eq, lru = 128)]
pub fn bodies(db: &dyn Db, file: File) -> Arc<Bodies> {
    if is_typed(db, file) {
        return Arc::clone(&module(db, file).bodies);
    }
    packed::bodies(db, file).map_or_else(|| Arc::clone(&module(db, file).bodies), Arc::new)
}

/// Whether `file` is open: its facts change with each keystroke and are in memory. For other files, facts that aren't
/// kept are restored from the packed form that their first parse left.
fn is_typed(db: &dyn Db, file: File) -> bool {
    matches!(file.content(db), Content::Open(_))
}

/// The uses of imported names in `file`.
#[salsa::tracked(returns(clone), lru = 128)]
pub fn uses(db: &dyn Db, file: File) -> Arc<[NameUse]> {
    if is_typed(db, file) {
        return Arc::clone(&module(db, file).uses);
    }
    packed::places(db, file).map_or_else(|| Arc::clone(&module(db, file).uses), |places| places.uses.into())
}

/// The comments in `file` addressed to Architrave. Kept for all files: few have any, and files without them are not
/// parsed for this.
#[salsa::tracked(returns(clone))]
pub fn directives(db: &dyn Db, file: File) -> Arc<[Directive]> {
    if !source::query::text(db, file).as_str().contains(DIRECTIVE) {
        return Arc::default();
    }
    Arc::clone(&module(db, file).directives)
}

/// Every comment addressed to Architrave contains this.
const DIRECTIVE: &str = "architrave";

/// The positions of the imports of `file`, by [`crate::ImportId`]. Kept for all files, so that a rule about imports can
/// run again without reading a file again.
#[salsa::tracked(returns(clone))]
pub fn import_spans(db: &dyn Db, file: File) -> Arc<[ImportSpans]> {
    Arc::from(&*module(db, file).spans.imports)
}

/// The zero-based line of each import of `file` (of the name, not of its statement), by [`crate::ImportId`]. Kept for
/// all files, so that listing the imports of a project doesn't read them again.
#[salsa::tracked(returns(clone))]
pub fn import_lines(db: &dyn Db, file: File) -> Arc<[u32]> {
    let spans = import_spans(db, file);
    if spans.is_empty() {
        return Arc::default();
    }
    let text = source::query::text(db, file);
    spans.iter().map(|spans| text.position(spans.item.start, PositionEncoding::Utf8).line).collect()
}

/// The positions of the facts of `file`.
#[salsa::tracked(returns(clone), lru = 128)]
pub fn spans(db: &dyn Db, file: File) -> Arc<Spans> {
    if is_typed(db, file) {
        return Arc::clone(&module(db, file).spans);
    }
    packed::places(db, file)
        .map_or_else(|| Arc::clone(&module(db, file).spans), |places| Arc::new(places.spans))
}
