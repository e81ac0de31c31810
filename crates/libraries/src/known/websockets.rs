//! `websockets`.

use crate::{Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "websockets",
    imports: &["websockets"],
    kinds: &[("websockets", Kind::Client)],
    namesakes: &["websockets"],
    makes: &[
        ("websockets.connect", "websockets.ClientConnection"),
        ("websockets.asyncio.client.connect", "websockets.ClientConnection"),
        ("websockets.client.connect", "websockets.ClientConnection"),
    ],
    streams: &[
        "websockets.ClientConnection",
        "websockets.ServerConnection",
        "websockets.WebSocketClientProtocol",
        "websockets.WebSocketServerProtocol",
        "websockets.asyncio.client.ClientConnection",
        "websockets.asyncio.server.ServerConnection",
        "websockets.client.WebSocketClientProtocol",
        "websockets.legacy.server.WebSocketServerProtocol",
        "websockets.server.WebSocketServerProtocol",
    ],
    ..Library::UNKNOWN
};
