//! The text of a Protocol.

use std::fmt::Write as _;

use model::ClassRef;
use view::Context;

use super::home::Gate;
use super::{Consumer, generic, home, importers};
use crate::Refusal;
use crate::rewrite::{At, Carried, Meaning, Rewrite};
use crate::signature::{self, Body};

/// The text to write.
pub(super) struct Text<'t> {
    pub(super) name: &'t str,
    pub(super) parameters: &'t generic::Parameters,
    pub(super) wanted: &'t [(signature::Signature, bool)],
    pub(super) runtime_checkable: bool,
}

impl Text<'_> {
    /// Writes it where the port belongs.
    pub(super) fn write<'a>(
        &self,
        rewrite: &mut Rewrite<'a>,
        cx: &Context<'a>,
        class: &ClassRef,
        home: &home::Place,
        asking: &[Consumer],
    ) -> Result<(), Refusal> {
        let module = home.name(cx);
        let is_taken =
            || Refusal::new(format!("{module} binds a name that the Protocol needs to something else"));
        let unread = || Refusal::new(format!("{module} can't be written"));
        let gate = Gate::of(cx, home.module(), home.layer(cx), importers(asking)).apart_from(class.module);
        let file = match home {
            home::Place::Existing(module) | home::Place::Same(module) => {
                rewrite.module(*module).ok_or_else(unread)?
            }
            home::Place::New { path, name, beside } => {
                rewrite.new_module(path.clone(), name.clone(), *beside).ok_or_else(unread)?
            }
        };
        let place = |meaning: &Meaning| gate.at(meaning);
        let standard = |name: &'static str| Carried::name(Meaning::standard("typing", name));
        let base = file.render(&self.parameters.base(), &|_| At::RunTime).ok_or_else(is_taken)?;
        let parameters = self.parameters.written(file).ok_or_else(is_taken)?;
        let mut definition = String::new();
        if self.runtime_checkable {
            let decorator =
                file.render(&standard("runtime_checkable"), &|_| At::RunTime).ok_or_else(is_taken)?;
            let _ = writeln!(definition, "@{decorator}");
        }
        let _ = writeln!(definition, "class {}{parameters}({base}):", self.name);
        let mut is_first = true;
        for (signature, is_used) in self.wanted {
            let before = file.cx.clone();
            let Some(written) = signature::write(signature, Body::Ellipsis, file, &place) else {
                if *is_used {
                    return Err(is_taken());
                }
                file.cx = before;
                continue;
            };
            if !std::mem::take(&mut is_first) {
                definition.push('\n');
            }
            definition.push_str(&signature::indented(&written));
        }
        if is_first {
            return Err(is_taken());
        }
        let put = match home {
            home::Place::Same(_) => file.class(&class.name).and_then(|id| file.put_above(id, &definition)),
            home::Place::Existing(_) | home::Place::New { .. } => file.append(&definition),
        };
        put.ok_or_else(unread)?;
        // A computed `__all__` is left as it is.
        let _ = file.export(self.name);
        Ok(())
    }
}
