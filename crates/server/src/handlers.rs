//! The effect of each notification and the answer of each request: one file each, with the capability that announces
//! it.
//!
//! [`crate::work`] defines the kinds of work, [`crate::methods`] the table that dispatches here.

mod accept;
mod architecture;
mod call_hierarchy;
mod cancel_progress;
mod code_action;
mod code_lens;
mod completion;
mod diagnostic;
mod did_change;
mod did_change_configuration;
mod did_change_watched_files;
mod did_change_workspace_folders;
mod did_close;
mod did_open;
mod did_save;
mod document_link;
mod document_symbol;
mod draw;
mod execute_command;
mod hover;
mod initialize;
mod initialized;
mod inlay_hint;
mod move_command;
mod rename_files;
mod resolve_code_action;
mod rule_documentation;
mod set_trace;
mod show;
mod shutdown;
mod workspace_diagnostic;
mod workspace_symbol;

pub(crate) use did_change_watched_files::{rescan, watched};

use crate::event::FromClient;
use crate::methods::with_methods;
use crate::proto::{self, Features, Notification, Request, ServerCapabilities, notification, request};
use crate::session::{Question, Session};
use crate::work::{Burst, Notify, Phase, Pull, Read};

/// The dispatch and the capabilities, from the table of methods.
macro_rules! define {
    (
        phases { $($_p1:ident($($_p2:ident)?): $Phase:ident($_p3:ty) => $phase:path;)* }
        edits { $_e1:ident: ($edit_type:ty) => $edit:path; }
        notifications { $($_n1:ident: $Note:ident($_n2:ty) => $note:path;)* }
        custom { $($_c1:ident: $Custom:ident($_c2:ty) => $custom:path;)* }
        pulls { $($_q1:ident: $Pull:ident($_q2:ty) => $pull:path;)* }
        reads { $($_r1:ident: $Read:ident($read_type:ty) => $read:path;)* }
    ) => {
        /// Lets the handler of the method process what the client sent.
        pub(crate) fn dispatch(session: &mut Session, event: FromClient) {
            let span = tracing::debug_span!("message", method = event.method());
            let _entered = span.enter();
            match event {
                $(FromClient::$Phase(params, reply) => <$phase as Phase>::enter(session, *params, reply),)*
                $(FromClient::$Note(params) => {
                    session.settle_for(<$note as Notify>::SETTLES);
                    <$note as Notify>::apply(session, *params);
                })*
                $(FromClient::$Custom(params) => {
                    session.settle_for(<$custom as Notify>::SETTLES);
                    <$custom as Notify>::apply(session, *params);
                })*
                $(FromClient::$Pull(params, reply) => {
                    session.settle_for(<$pull as Pull>::SETTLES);
                    <$pull as Pull>::pull(session, *params, reply);
                })*
                $(FromClient::$Read(params, reply) => {
                    session.settle_for(true);
                    let question = Question {
                        method: <$read_type as Request>::METHOD,
                        params,
                        reply,
                        again: FromClient::$Read,
                        outlives_edits: <$read as Read>::OUTLIVES_EDITS,
                    };
                    session.answer(question, <$read as Read>::read);
                })*
            }
        }

        /// Consecutive edits.
        pub(crate) fn edit(session: &mut Session, burst: Vec<<$edit_type as Notification>::Params>) {
            <$edit as Burst>::apply(session, burst);
        }

        /// The server's capabilities for this client.
        pub(crate) fn capabilities(client: &Features) -> ServerCapabilities {
            let mut can = ServerCapabilities {
                position_encoding: Some(proto::position_encoding(client.encoding)),
                ..ServerCapabilities::default()
            };
            <$edit as Burst>::announce(&mut can, client);
            $(<$note as Notify>::announce(&mut can, client);)*
            $(<$custom as Notify>::announce(&mut can, client);)*
            $(<$pull as Pull>::announce(&mut can, client);)*
            $(<$read as Read>::announce(&mut can, client);)*
            can
        }
    };
}

with_methods!(define);
