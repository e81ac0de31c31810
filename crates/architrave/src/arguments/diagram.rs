//! The arguments of `architrave diagram`.

use camino::Utf8PathBuf;
use clap::{Args, Subcommand, ValueEnum, ValueHint};

/// `architrave diagram`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, arg_required_else_help = true)]
pub(crate) struct Diagram {
    /// What to draw.
    #[command(subcommand)]
    pub(crate) what: Option<Drawing>,
    /// Fail with exit code 1 where a picture between markers in one of these Markdown files is stale.
    #[arg(long, value_name = "FILE", num_args = 1.., value_hint = ValueHint::FilePath, conflicts_with = "update")]
    pub(crate) check: Vec<Utf8PathBuf>,
    /// Write the pictures between markers in these Markdown files anew.
    #[arg(long, value_name = "FILE", num_args = 1.., value_hint = ValueHint::FilePath)]
    pub(crate) update: Vec<Utf8PathBuf>,
}

/// What to draw.
#[derive(Debug, Subcommand)]
pub(crate) enum Drawing {
    /// Layers, packages and bounded contexts with the imports between them; those against the rules in red.
    Component(Component),
    /// What one request does, in order: from the route through what is injected, services and adapters to the queries.
    Sequence(Sequence),
    /// Where the data of one request goes: through the layers down to the tables that it reads and writes, and to
    /// services outside.
    DataFlow(DataFlow),
    /// Tables with columns and keys, and what leads from one to another; read from models, nothing is imported.
    Er(Er),
    /// What runs, by compose files, Kubernetes manifests, Procfile and Dockerfiles, joined with what the code talks to.
    Deployment(Deployment),
}

/// `architrave diagram deployment`
#[derive(Debug, Args)]
pub(crate) struct Deployment {
    /// Of what, and how.
    #[command(flatten)]
    pub(crate) drawn: Drawn,
}

/// `architrave diagram er`
#[derive(Debug, Args)]
pub(crate) struct Er {
    /// Of what, and how.
    #[command(flatten)]
    pub(crate) drawn: Drawn,
    /// Draw this bounded context with the tables next to it.
    #[arg(long, value_name = "CONTEXT")]
    pub(crate) context: Option<String>,
    /// Draw what lies around this class or table.
    #[arg(long, value_name = "ENTITY", conflicts_with = "context")]
    pub(crate) around: Option<String>,
    /// How far around.
    #[arg(long, default_value_t = 1, requires = "around")]
    pub(crate) hops: usize,
}

/// `architrave diagram component`
#[derive(Debug, Args)]
pub(crate) struct Component {
    /// Of what, and how.
    #[command(flatten)]
    pub(crate) drawn: Drawn,
    /// In a page of HTML: make places links that open VS Code on this machine. The page then names the project's
    /// folder.
    #[arg(long)]
    pub(crate) editor_links: bool,
}

/// `architrave diagram sequence`
#[derive(Debug, Args)]
pub(crate) struct Sequence {
    /// The route: `"GET /orders"`, `/orders`, or the name of its handler.
    #[arg(value_name = "ROUTE")]
    pub(crate) route: String,
    /// Draw at most so many messages: what says least is left out first. With 0 all are drawn.
    #[arg(long, value_name = "MESSAGES", default_value_t = report::sequence::MESSAGES)]
    pub(crate) limit: usize,
    /// Of what, and how.
    #[command(flatten)]
    pub(crate) drawn: Drawn,
}

/// `architrave diagram data-flow`
#[derive(Debug, Args)]
pub(crate) struct DataFlow {
    /// The route: `"GET /orders"`, `/orders`, or the name of its handler.
    #[arg(value_name = "ROUTE")]
    pub(crate) route: String,
    /// Of what, and how.
    #[command(flatten)]
    pub(crate) drawn: Drawn,
}

/// Of what a picture is, and how it is written.
#[derive(Debug, Args)]
pub(crate) struct Drawn {
    /// The folder to look at.
    #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
    pub(crate) path: Utf8PathBuf,
    /// How to write.
    #[arg(long, visible_alias = "format", value_enum, default_value_t = DiagramFormat::Mermaid)]
    pub(crate) output_format: DiagramFormat,
    /// Print nothing; fail with exit code 1 where this file holds another picture.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) check: Option<Utf8PathBuf>,
    /// Write into this file instead of to standard output.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "check")]
    pub(crate) output: Option<Utf8PathBuf>,
}

/// How to write a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiagramFormat {
    /// Mermaid, which code hosts draw in Markdown.
    Mermaid,
    /// For Graphviz.
    Dot,
    /// For D2.
    D2,
    /// For programs.
    Json,
    /// Lines of text with places; for routes alone.
    Text,
    /// A picture as it is: SVG, which browsers and documents show.
    Svg,
    /// One page to explore in a browser, offline; for components alone.
    Html,
}
