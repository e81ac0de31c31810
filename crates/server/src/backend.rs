//! The adapter to `tower_lsp`: each method puts an event into the inbox, and awaits the answer of a request.

use std::future::{Ready, ready};

use crossbeam_channel::Sender;

use crate::answer::Reply;
use crate::event::{Event, FromClient};
use crate::methods::with_methods;
use crate::proto::{self, LanguageServer, LspServiceBuilder, Notification, Request, notification, request};

/// Puts everything into the inbox.
pub(crate) struct Backend {
    inbox: Sender<Event>,
}

impl Backend {
    pub(crate) fn new(inbox: Sender<Event>) -> Self {
        Self { inbox }
    }

    fn put(&self, event: Event) {
        // The loop has ended only if the server is ending.
        let _ = self.inbox.send(event);
    }

    async fn ask<T>(&self, event: impl FnOnce(Reply<T>) -> FromClient) -> proto::Result<T> {
        let (reply, answer) = Reply::new();
        self.put(Event::Client(event(reply)));
        // Without an answer the work has panicked outside every handler.
        answer.await.unwrap_or_else(|_| Err(proto::failed("internal error: no answer".to_owned())))
    }
}

/// The methods of the table.
macro_rules! define {
    (
        phases { $($phase:ident($($params:ident)?): $Phase:ident($phase_type:ty) => $_p:path;)* }
        edits { $edit:ident: ($edit_type:ty) => $_e:path; }
        notifications { $($note:ident: $Note:ident($note_type:ty) => $_n:path;)* }
        custom { $($custom:ident: $Custom:ident($custom_type:ty) => $_c:path;)* }
        pulls { $($pull:ident: $Pull:ident($pull_type:ty) => $_q:path;)* }
        reads { $($read:ident: $Read:ident($read_type:ty) => $_r:path;)* }
    ) => {
        impl LanguageServer for Backend {
            $(async fn $phase(
                &self,
                $($params: <$phase_type as Request>::Params)?
            ) -> proto::Result<<$phase_type as Request>::Result> {
                self.ask(|reply| FromClient::$Phase(Box::new(($($params)?)), reply)).await
            })*

            async fn $edit(&self, params: <$edit_type as Notification>::Params) {
                self.put(Event::Edited(params));
            }

            $(async fn $note(&self, params: <$note_type as Notification>::Params) {
                self.put(Event::Client(FromClient::$Note(Box::new(params))));
            })*

            $(async fn $pull(
                &self,
                params: <$pull_type as Request>::Params,
            ) -> proto::Result<<$pull_type as Request>::Result> {
                self.ask(|reply| FromClient::$Pull(Box::new(params), reply)).await
            })*

            $(async fn $read(
                &self,
                params: <$read_type as Request>::Params,
            ) -> proto::Result<<$read_type as Request>::Result> {
                self.ask(|reply| FromClient::$Read(Box::new(params), reply)).await
            })*
        }

        impl Backend {
            $(fn $custom(&self, params: <$custom_type as Notification>::Params) -> Ready<()> {
                self.put(Event::Client(FromClient::$Custom(Box::new(params))));
                ready(())
            })*
        }

        /// Adds the methods that `tower_lsp` doesn't know.
        pub(crate) fn custom_methods(service: LspServiceBuilder<Backend>) -> LspServiceBuilder<Backend> {
            service$(.custom_method(<$custom_type as Notification>::METHOD, Backend::$custom))*
        }
    };
}

with_methods!(define);
