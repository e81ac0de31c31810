//! All events of the server: its table of contents.

use camino::Utf8PathBuf;
use ide::baseline::Entries;
use serde_json::Value;
use workspace::Failure;

use crate::answer::{Reply, Stale};
use crate::diagnostics::Diagnosed;
use crate::drawing::Drawn;
use crate::indexing::Indexed;
use crate::methods::with_methods;
use crate::outbox::Answered;
use crate::proto::{DidChangeTextDocumentParams, Notification, Request, notification, request};

/// An event, in order of occurrence.
#[derive(Debug)]
pub(crate) enum Event {
    /// A request or notification of the client.
    Client(FromClient),
    /// The client has edited a document: `textDocument/didChange`.
    Edited(DidChangeTextDocumentParams),
    /// A write cancelled the work for a request.
    CutOff(CutOff),
    /// The client's answer to one of our requests.
    Answered(Answered),
    /// Our own watcher saw changes on disk.
    Watched(Watched),
    /// A step of the index is done, or was cancelled.
    Indexed(Indexed),
    /// Diagnostics were computed.
    Diagnosed(Diagnosed),
    /// The architecture was computed for clients that draw it.
    Drawn(Drawn),
    /// The changes to a baseline are known.
    Baseline(BaselineChange),
    /// The service has ended: end too.
    End,
}

/// A change to a baseline. Written on the main loop's thread, so that two writes don't interfere.
#[derive(Debug)]
pub(crate) enum BaselineChange {
    /// The user accepted a finding.
    Accept(Entries, Reply<Option<Value>>),
    /// These no longer apply, as of this generation.
    Shrink(u64, Vec<Entries>),
}

/// What clients send, from the table of methods.
macro_rules! define {
    (
        phases { $($_p1:ident($($_p2:ident)?): $Phase:ident($phase_type:ty) => $_p3:path;)* }
        edits { $_e1:ident: ($edit_type:ty) => $_e2:path; }
        notifications { $($_n1:ident: $Note:ident($note_type:ty) => $_n2:path;)* }
        custom { $($_c1:ident: $Custom:ident($custom_type:ty) => $_c2:path;)* }
        pulls { $($_q1:ident: $Pull:ident($pull_type:ty) => $_q2:path;)* }
        reads { $($_r1:ident: $Read:ident($read_type:ty) => $_r2:path;)* }
    ) => {
        /// Requests and notifications of the client, except edits, which come as [`Event::Edited`].
        #[derive(Debug)]
        pub(crate) enum FromClient {
            $($Phase(Box<<$phase_type as Request>::Params>, Reply<<$phase_type as Request>::Result>),)*
            $($Note(Box<<$note_type as Notification>::Params>),)*
            $($Custom(Box<<$custom_type as Notification>::Params>),)*
            $($Pull(Box<<$pull_type as Request>::Params>, Reply<<$pull_type as Request>::Result>),)*
            $($Read(Box<<$read_type as Request>::Params>, Reply<<$read_type as Request>::Result>),)*
        }

        impl FromClient {
            /// The name of its method.
            pub(crate) fn method(&self) -> &'static str {
                match self {
                    $(Self::$Phase(..) => <$phase_type as Request>::METHOD,)*
                    $(Self::$Note(..) => <$note_type as Notification>::METHOD,)*
                    $(Self::$Custom(..) => <$custom_type as Notification>::METHOD,)*
                    $(Self::$Pull(..) => <$pull_type as Request>::METHOD,)*
                    $(Self::$Read(..) => <$read_type as Request>::METHOD,)*
                }
            }

            /// Answers a request that an edit made stale accordingly; a notification has no answer.
            pub(crate) fn give_up(self) {
                match self {
                    $(Self::$Pull(_, reply) => reply.fail(&Failure::Cancelled, Stale::ContentModified),)*
                    $(Self::$Read(_, reply) => reply.fail(&Failure::Cancelled, Stale::ContentModified),)*
                    _ => {}
                }
            }
        }
    };
}

with_methods!(define);

/// A request whose work a write cancelled.
#[derive(Debug)]
pub(crate) struct CutOff {
    /// The request.
    pub(crate) request: FromClient,
    /// The number of document edits before its work began.
    pub(crate) edits: u64,
    /// Whether its answer may be about a newer text; see [`crate::work::Read::OUTLIVES_EDITS`].
    pub(crate) outlives_edits: bool,
}

/// What our own watcher saw.
#[derive(Debug)]
pub(crate) enum Watched {
    /// Something happened to these paths.
    Paths(Vec<Utf8PathBuf>),
    /// Events were lost: anything may have happened.
    Lost,
}
