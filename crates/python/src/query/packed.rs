//! The large facts in compact form. The contents and positions of a closed file remain available after its tree and its
//! text are dropped, so that no file is parsed a second time.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use source::{File, Span};

use super::{Db, module};
use crate::{Bodies, Body, BodyId, NameUse, Spans};

/// The bodies of a file, packed separately. Kept for all files.
#[salsa::tracked(returns(clone))]
pub fn packed_bodies(db: &dyn Db, file: File) -> Arc<[Arc<[u8]>]> {
    // A body that can't be serialized can't be read either: it is omitted, and nothing is reported about it.
    let pack = |body: &Arc<Body>| Arc::from(postcard::to_stdvec(&**body).unwrap_or_default());
    module(db, file).bodies.list.iter().map(pack).collect()
}

/// One packed body. Changes only when that body does.
#[salsa::tracked(returns(clone))]
fn packed_body(db: &dyn Db, file: File, body: BodyId) -> Arc<[u8]> {
    packed_bodies(db, file).get(body.0 as usize).cloned().unwrap_or_default()
}

/// One body. The same as in [`super::bodies`], without the other bodies of its file.
pub fn body(db: &dyn Db, file: File, id: BodyId) -> Option<Body> {
    postcard::from_bytes(&packed_body(db, file, id)).ok()
}

/// The positions of a file's facts, and its uses of imported names. Kept for all files.
#[salsa::tracked(returns(clone))]
pub fn packed_places(db: &dyn Db, file: File) -> Arc<[u8]> {
    let module = module(db, file);
    Places { spans: (*module.spans).clone(), uses: module.uses.to_vec() }.pack().into()
}

/// All bodies, from [`packed_bodies`]; `None` if one can't be read.
pub(super) fn bodies(db: &dyn Db, file: File) -> Option<Bodies> {
    let packed = packed_bodies(db, file);
    let list = packed.iter().map(|body| postcard::from_bytes(body).ok().map(Arc::new));
    Some(Bodies { list: list.collect::<Option<_>>()? })
}

/// The positions of the facts, from [`packed_places`].
pub(super) fn places(db: &dyn Db, file: File) -> Option<Places> {
    Places::unpack(&packed_places(db, file))
}

/// The facts that contain positions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Places {
    pub(super) spans: Spans,
    pub(super) uses: Vec<NameUse>,
}

impl Places {
    /// Packs positions as differences from one to the next, most of which are small.
    fn pack(mut self) -> Vec<u8> {
        let mut last = 0;
        self.each(&mut |span| {
            let length = span.end.wrapping_sub(span.start);
            let step = span.start.wrapping_sub(last).cast_signed();
            last = span.start;
            // The sign bit comes last, so that small negative differences are small numbers too.
            *span = Span { start: ((step << 1) ^ (step >> 31)).cast_unsigned(), end: length };
        });
        postcard::to_stdvec(&self).unwrap_or_default()
    }

    fn unpack(packed: &[u8]) -> Option<Self> {
        let mut places: Self = postcard::from_bytes(packed).ok()?;
        let mut last = 0_u32;
        places.each(&mut |span| {
            let step = (span.start >> 1) ^ (span.start & 1).wrapping_neg();
            last = last.wrapping_add(step);
            *span = Span { start: last, end: last.wrapping_add(span.end) };
        });
        Some(places)
    }

    fn each(&mut self, visit: &mut impl FnMut(&mut Span)) {
        self.spans.each_mut(visit);
        self.uses.iter_mut().for_each(|name_use| visit(&mut name_use.span));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_the_same_after_packing_and_take_little_space() {
        let text = "import os\nfrom shop import (\n    a as b,\n)\n\n\n@b.c\nclass A(b):\n    x: int = os.y\n\n    def f(self, \
                    z=1):\n        for i in self.x(os.z, [b(i) for i in z]):\n            print(i, f'{os}')\n";
        let module = crate::lower(text, &crate::parse(text));
        let places = Places { spans: (*module.spans).clone(), uses: module.uses.to_vec() };
        assert!(places.uses.len() > 3 && places.spans.bodies.len() > 2, "{places:?}");
        let packed = places.clone().pack();
        assert!(packed.len() < text.len() * 2, "{} bytes for {}", packed.len(), text.len());
        assert_eq!(Places::unpack(&packed), Some(places));
    }

    #[test]
    fn any_span_comes_back() {
        let ends = [0, 1, 2, 63, 64, 1 << 20, u32::MAX / 2, u32::MAX - 1, u32::MAX];
        let spans: Vec<Span> =
            ends.iter().flat_map(|start| ends.iter().map(|end| Span { start: *start, end: *end })).collect();
        let spans = Spans { classes: spans.into(), ..Spans::default() };
        let places = Places { spans, uses: Vec::new() };
        assert_eq!(Places::unpack(&places.clone().pack()), Some(places));
    }
}
