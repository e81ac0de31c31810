//! Capabilities of clients.

use serde_json::{Value, json};

/// A client without capabilities.
pub fn nothing() -> Value {
    json!({})
}

/// A client that receives pushed diagnostics, and applies the edits of code actions directly.
pub fn push() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "textDocument": {
            "publishDiagnostics": {
                "relatedInformation": true,
                "versionSupport": true,
                "codeDescriptionSupport": true,
                "tagSupport": { "valueSet": [1, 2] },
            },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "source"] } } },
        },
    })
}

/// A client that pulls diagnostics.
pub fn pull() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-8", "utf-16"] },
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    })
}

/// A client with every capability that the server uses.
pub fn everything() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-32", "utf-8", "utf-16"] },
        "window": { "workDoneProgress": true, "showDocument": { "support": true } },
        "workspace": {
            "configuration": true,
            "workspaceFolders": true,
            "diagnostics": { "refreshSupport": true },
            "codeLens": { "refreshSupport": true },
            "inlayHint": { "refreshSupport": true },
            "didChangeConfiguration": { "dynamicRegistration": true },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "applyEdit": true,
            "fileOperations": { "willRename": true, "didRename": true },
            "workspaceEdit": {
                "documentChanges": true,
                "resourceOperations": ["create", "rename", "delete"],
                "changeAnnotationSupport": { "groupsOnLabel": true },
            },
        },
        "textDocument": {
            "diagnostic": { "relatedInformation": true, "codeDescriptionSupport": true },
            "publishDiagnostics": { "relatedInformation": true, "codeDescriptionSupport": true, "versionSupport": true },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "completion": { "completionItem": {
                "documentationFormat": ["markdown", "plaintext"],
                "labelDetailsSupport": true,
                "resolveSupport": { "properties": ["documentation", "additionalTextEdits"] },
                "tagSupport": { "valueSet": [1] },
            } },
            "codeAction": {
                "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "source"] } },
                "isPreferredSupport": true,
                "dataSupport": true,
                "resolveSupport": { "properties": ["edit"] },
            },
        },
    })
}
