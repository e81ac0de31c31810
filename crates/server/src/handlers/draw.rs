//! The command `architrave.draw`: a picture of the architecture, a route, an entity or a package as a document.
//!
//! Its argument is `{picture, route?, handler?, around?, package?, root?, document?, position?, form?, show?}`:
//! `picture` is `architecture`, `sequence`, `entities` or `dependencies`; missing values are taken from the position in
//! the document, if given. The answer is `{ready, title, form, text, file}`, or `{ready, choices}` if several routes
//! match: each has a `title` and the `argument` for another request. With `show` the document is written into the
//! user's cache folder and the client shows it (`window/showDocument`): Markdown in the editor, SVG in the viewer for
//! pictures.

use camino::{Utf8Path, Utf8PathBuf};
use model::Project;
use report::pictures::{Document, Form, Picture, Refusal, draw, offered};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use source::{DiskFileSystem, FileSystem as _, Patience, WriteError};
use xxhash_rust::xxh3::xxh3_64;

use crate::proto::{
    self, COMMAND_DRAW, COMMAND_SHOW_PICTURE, Command, ExecuteCommandParams, Position, ShowDocumentParams,
    Uri, path_of, path_written,
};
use crate::view::View;

/// The argument of the command.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Argument {
    /// The picture.
    #[serde(flatten)]
    pub(crate) picture: Picture,
    /// The project's folder, or something in it, as a URI or an absolute path. Defaults to the document's, or the
    /// first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) root: Option<String>,
    /// The document of the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) document: Option<Uri>,
    /// The position in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) position: Option<Position>,
    /// The output format.
    #[serde(default)]
    pub(crate) form: Form,
    /// Whether the client should show it.
    #[serde(default)]
    pub(crate) show: bool,
}

/// The command that shows a picture of a document's project, if the client can.
pub(super) fn showing(view: &View, picture: Picture, document: &Uri) -> Option<Command> {
    let command = match (view.features.shows_pictures, view.features.show_document) {
        (true, _) => COMMAND_SHOW_PICTURE,
        (false, true) => COMMAND_DRAW,
        (false, false) => return None,
    };
    let title = picture.title();
    let document = Some(document.clone());
    let argument =
        Argument { picture, root: None, document, position: None, form: Form::Markdown, show: true };
    let arguments = Some(vec![serde_json::to_value(argument).ok()?]);
    Some(Command { title, command: command.to_owned(), arguments })
}

/// Answers with a picture.
pub(super) fn draw_picture(view: &View, params: &ExecuteCommandParams) -> proto::Result<Option<Value>> {
    let given = params.arguments.first().cloned().unwrap_or_default();
    let argument: Argument =
        serde_json::from_value(given).map_err(|error| proto::invalid_params(error.to_string()))?;
    if !view.is_indexed {
        return Ok(Some(json!({ "ready": false })));
    }
    let project = project(view, &argument)?;
    let picture = match meant(view, &argument) {
        Ok(picture) => picture,
        Err(several) => return Ok(Some(choices(&argument, several))),
    };
    let document = match draw(&view.snapshot, project, &picture, argument.form) {
        Ok(document) => document,
        Err(Refusal::Choose(several)) => return Ok(Some(choices(&argument, several))),
        Err(Refusal::Nothing(words)) => return Err(proto::request_failed(words)),
    };
    let file = if argument.show { Some(show(view, project, &document, argument.form)?) } else { None };
    Ok(Some(json!({
        "ready": true,
        "title": document.title,
        "form": argument.form,
        "text": document.text,
        "file": file,
    })))
}

/// The picture to draw, completed from the position in the document; or several candidates.
fn meant(view: &View, argument: &Argument) -> Result<Picture, Vec<Picture>> {
    let is_named = !matches!(
        argument.picture,
        Picture::Sequence { route: None, .. }
            | Picture::Entities { around: None }
            | Picture::Dependencies { package: None }
    );
    let place = argument.document.as_ref().filter(|_| !is_named).and_then(|uri| view.locate(uri));
    let Some(place) = place else { return Ok(argument.picture.clone()) };
    // For a package the position doesn't have to be outside all definitions.
    let position = argument.position.filter(|_| !matches!(argument.picture, Picture::Dependencies { .. }));
    let position = position.unwrap_or_default();
    let offset = proto::range(&place.text, proto::Range::new(position, position), view.encoding()).start;
    let kind = std::mem::discriminant(&argument.picture);
    let mut here = offered(&view.snapshot, place.file, offset);
    here.retain(|picture| std::mem::discriminant(picture) == kind);
    match here.len() {
        0 => Ok(argument.picture.clone()),
        1 => Ok(here.remove(0)),
        _ => Err(here),
    }
}

fn choices(argument: &Argument, several: Vec<Picture>) -> Value {
    let choice = |picture: Picture| {
        let title = match &picture {
            Picture::Sequence { route: Some(route), handler: Some(handler) } => {
                format!("{route} ({handler})")
            }
            other => other.title(),
        };
        json!({ "title": title, "argument": Argument { picture, ..argument.clone() } })
    };
    json!({ "ready": true, "choices": several.into_iter().map(choice).collect::<Vec<_>>() })
}

fn project(view: &View, argument: &Argument) -> proto::Result<Project> {
    let db = view.snapshot.db();
    let written = argument.root.as_deref().map(path_written);
    let path = match (written, &argument.document) {
        (Some(path), _) => path,
        (None, Some(uri)) => path_of(uri),
        (None, None) => {
            let first = view.snapshot.projects().first();
            return first.copied().ok_or_else(|| proto::request_failed("no folder is open".to_owned()));
        }
    };
    let around = view.snapshot.projects().iter().filter(|project| {
        let root: &Utf8Path = project.root(db);
        path.as_ref().is_some_and(|path| path.starts_with(root))
    });
    let innermost = around.max_by_key(|project| project.root(db).components().count());
    innermost.copied().ok_or_else(|| proto::invalid_params("the place is in no opened folder".to_owned()))
}

/// Writes the document where the client can open it, and lets it do so.
fn show(view: &View, project: Project, document: &Document, form: Form) -> proto::Result<Uri> {
    if !view.features.show_document {
        return Err(proto::request_failed("the editor shows no documents of servers".to_owned()));
    }
    let failed = |error: &dyn std::fmt::Display| {
        proto::request_failed(format!("the picture can't be written: {error}"))
    };
    let cache = caches().ok_or_else(|| failed(&"there is no folder for it"))?;
    let root = project.root(view.snapshot.db());
    let name = root.file_name().unwrap_or("project");
    let ending = match form {
        Form::Markdown => "md",
        Form::Svg => "svg",
    };
    let folder = format!("architrave/{name}-{:08x}", xxh3_64(root.as_str().as_bytes()) & 0xffff_ffff);
    let path = cache.join(folder).join(format!("{}.{ending}", file_name(&document.title)));
    write(&path, &cache, &document.text).map_err(|error| failed(&error))?;
    let uri = proto::uri_of(&path).ok_or_else(|| failed(&path))?;
    view.outbox.show_document(ShowDocumentParams {
        uri: uri.clone(),
        external: Some(form == Form::Svg),
        take_focus: Some(true),
        selection: None,
    });
    Ok(uri)
}

/// The user's cache folder.
fn caches() -> Option<Utf8PathBuf> {
    let of = |name: &str| {
        let value = std::env::var(name).ok().map(Utf8PathBuf::from);
        value.filter(|path| path.is_absolute())
    };
    let candidates =
        [of("XDG_CACHE_HOME"), of("LOCALAPPDATA"), of("HOME").map(|home| home.join(".cache")), of("HOME")];
    let is_there = |path: &Utf8PathBuf| DiskFileSystem.metadata(path).is_ok();
    candidates.into_iter().flatten().find(is_there)
}

fn write(path: &Utf8Path, folder: &Utf8Path, text: &str) -> Result<(), WriteError> {
    let there = DiskFileSystem.read(path).ok();
    if there.as_deref() == Some(text.as_bytes()) {
        return Ok(());
    }
    let mut transaction = source::Transaction::new(folder);
    match there {
        Some(before) => transaction.replace(path, before, text.as_bytes().to_vec()),
        None => transaction.create(path, text.as_bytes().to_vec()),
    }
    transaction.carry_out(&DiskFileSystem, Patience::Short)
}

/// The letters and digits of a title, short enough for every file system.
fn file_name(title: &str) -> String {
    const LONGEST: usize = 80;
    let words = title.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("-").to_lowercase();
    let name: String = name.chars().take(LONGEST).collect();
    if name.is_empty() { "picture".to_owned() } else { name }
}
