//! The pictures that an editor offers at a place, and each of them as a document that any editor opens.

mod offered;

use model::{Project, Route};
use serde::{Deserialize, Serialize};
use workspace::Snapshot;

use crate::er::Choice;
use crate::graph::Graph;
use crate::routes::{Asked, asked};
use crate::{component, deps, er, graph, sequence, svg};

pub use offered::{beside, offered};

/// A picture to draw. Missing values are chosen when drawing, or by the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "picture", rename_all = "kebab-case")]
pub enum Picture {
    /// Layers, packages and bounded contexts of the project.
    Architecture,
    /// What one request does.
    Sequence {
        /// The route: `GET /orders`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        route: Option<String>,
        /// The name of the handler in its module, if several handle the route.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        handler: Option<String>,
    },
    /// Tables and the links between them.
    Entities {
        /// The class or table to start from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        around: Option<String>,
    },
    /// Imports between the parts of a package.
    Dependencies {
        /// Its dotted name; by default the outermost package with several parts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        package: Option<String>,
    },
}

/// The format of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A Markdown document with the picture in Mermaid.
    #[default]
    Markdown,
    /// SVG.
    Svg,
}

/// A picture as a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// Its contents.
    pub text: String,
}

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Several pictures match.
    Choose(Vec<Picture>),
    /// The reason as text.
    Nothing(String),
}

impl Picture {
    /// The title of an action that draws it.
    pub fn title(&self) -> String {
        match self {
            Self::Architecture => "Show architecture".to_owned(),
            Self::Sequence { route: Some(route), .. } => format!("Show sequence of {route}"),
            Self::Sequence { route: None, .. } => "Show sequence of a route".to_owned(),
            Self::Entities { around: Some(class) } => {
                format!("Show entities around {}", class.rsplit('.').next().unwrap_or(class))
            }
            Self::Entities { around: None } => "Show entities".to_owned(),
            Self::Dependencies { package: Some(package) } => format!("Show dependencies of {package}"),
            Self::Dependencies { package: None } => "Show dependencies".to_owned(),
        }
    }

    fn of_route(route: &Route) -> Self {
        Self::Sequence { route: Some(route.title()), handler: Some(route.handler.qualified()) }
    }
}

/// Draws a picture of a project.
///
/// # Errors
/// A [`Refusal`]: there is nothing to draw, or several candidates.
pub fn draw(
    snapshot: &Snapshot,
    project: Project,
    picture: &Picture,
    form: Form,
) -> Result<Document, Refusal> {
    match picture {
        Picture::Architecture => {
            let architecture = ide::architecture::architecture(snapshot, project);
            Ok(of_graph(&component(&architecture), form))
        }
        Picture::Sequence { route, handler } => {
            let routes = model::query::routes(snapshot.db(), project);
            let route = one(&routes.list, route.as_deref(), handler.as_deref())?;
            let drawn = sequence::of_route(snapshot.db(), project, route, sequence::MESSAGES);
            let title = drawn.heading();
            Ok(match form {
                Form::Svg => Document { text: drawn.svg(), title },
                // A reader of the picture's source gets the same as text, with places to open.
                Form::Markdown => {
                    let list = fenced("text", &drawn.text());
                    let parts: Vec<String> = drawn.parts().iter().map(sequence::Sequence::mermaid).collect();
                    let text = format!("{}\n## In words\n\n{list}", markdown(&title, &parts));
                    Document { title, text }
                }
            })
        }
        Picture::Entities { around } => {
            let all = er::er(snapshot, project);
            if all.tables.is_empty() {
                let words = "no tables: models of SQLAlchemy, SQLModel and Django are read";
                return Err(Refusal::Nothing(words.to_owned()));
            }
            let choice = Choice { context: None, around: around.clone(), hops: 1 };
            let drawn = all.chosen(&choice).map_err(|unknown| Refusal::Nothing(unknown.to_string()))?;
            let title = match around {
                Some(class) => format!("Entities around {}", class.rsplit('.').next().unwrap_or(class)),
                None => drawn.title.clone(),
            };
            Ok(match form {
                Form::Svg => Document { text: er::svg(&drawn), title },
                Form::Markdown => {
                    let parts: Vec<String> = drawn.parts().iter().map(er::mermaid).collect();
                    Document { text: markdown(&title, &parts), title }
                }
            })
        }
        Picture::Dependencies { package } => {
            let architecture = ide::architecture::architecture(snapshot, project);
            let drawing = match package {
                None => deps::drawing(&architecture, None),
                Some(package) => around(package)
                    .filter(|_| architecture.folders.iter().any(|folder| folder.name == *package))
                    .find_map(|package| deps::drawing(&architecture, Some(package))),
            };
            let drawing = drawing.ok_or_else(|| {
                Refusal::Nothing(match package {
                    Some(package) => format!("no package `{package}` has parts that import each other"),
                    None => "no package has parts that import each other".to_owned(),
                })
            })?;
            Ok(of_graph(&drawing, form))
        }
    }
}

/// The package and its parents, innermost first.
fn around(package: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(package), |package| package.rsplit_once('.').map(|(outer, _)| outer))
}

/// The matching route.
fn one<'r>(routes: &'r [Route], words: Option<&str>, handler: Option<&str>) -> Result<&'r Route, Refusal> {
    if routes.is_empty() {
        return Err(Refusal::Nothing("no routes are found here".to_owned()));
    }
    let choose = |routes: &mut dyn Iterator<Item = &Route>| {
        let mut pictures: Vec<Picture> = routes.map(Picture::of_route).collect();
        pictures.dedup();
        Refusal::Choose(pictures)
    };
    let Some(words) = words else { return Err(choose(&mut routes.iter())) };
    match asked(routes, words) {
        Asked::One(route) => Ok(route),
        Asked::Several(found) => {
            let named = handler.and_then(|name| found.iter().find(|it| it.handler.qualified() == name));
            named.copied().ok_or_else(|| choose(&mut found.iter().copied()))
        }
        Asked::None(near) if near.is_empty() => Err(Refusal::Nothing(format!("no route is `{words}`"))),
        Asked::None(near) => {
            Err(Refusal::Nothing(format!("no route is `{words}`; near it: {}", near.join(", "))))
        }
    }
}

fn of_graph(drawing: &Graph, form: Form) -> Document {
    let title = drawing.title.clone();
    let text = match form {
        Form::Svg => svg::graph(drawing),
        Form::Markdown => {
            markdown(&title, &drawing.clone().parts().iter().map(graph::mermaid).collect::<Vec<_>>())
        }
    };
    Document { title, text }
}

/// A document with a picture in as many parts as Mermaid needs.
fn markdown(title: &str, parts: &[String]) -> String {
    // The title is text from the code, on one line: Markdown doesn't interpret a code span.
    let title: String = title.chars().filter(|letter| !letter.is_control() && *letter != '`').collect();
    let parts: Vec<String> = parts.iter().map(|part| fenced("mermaid", part)).collect();
    format!("# `{title}`\n\n{}", parts.join("\n"))
}

/// A code block; its fence is longer than any in the text.
fn fenced(language: &str, text: &str) -> String {
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}\n", text.trim_end())
}
