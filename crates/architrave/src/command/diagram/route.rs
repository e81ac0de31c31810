//! Pictures of one request: `architrave diagram sequence ROUTE`, `architrave diagram data-flow ROUTE`.

use anyhow::bail;
use serde::Serialize;

use super::{NO_PAGE, write_graph};
use crate::arguments::{DataFlow, DiagramFormat, Sequence};
use crate::project::{Loaded, one_route};

/// A JSON document; its shape is a contract.
#[derive(Debug, Serialize)]
struct Document<T> {
    schema: u32,
    #[serde(flatten)]
    picture: T,
}

fn document<T: Serialize>(picture: T) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(&Document { schema: 1, picture })? + "\n")
}

/// The sequence of one request.
pub(super) fn sequence(loaded: &Loaded, options: &Sequence) -> anyhow::Result<String> {
    let snapshot = loaded.snapshot();
    let (project, route) = one_route(&snapshot, &options.route)?;
    let sequence = report::sequence::of_route(snapshot.db(), project, &route, options.limit);
    match options.drawn.output_format {
        DiagramFormat::Mermaid => Ok(sequence.mermaid()),
        DiagramFormat::D2 => Ok(sequence.d2()),
        DiagramFormat::Text => Ok(sequence.text()),
        DiagramFormat::Json => document(sequence),
        DiagramFormat::Html => bail!(NO_PAGE),
        DiagramFormat::Svg => Ok(sequence.svg()),
        DiagramFormat::Dot => bail!("a sequence can be written as mermaid, d2, svg, text and json alone"),
    }
}

/// The data flow of one request.
pub(super) fn data_flow(loaded: &Loaded, options: &DataFlow) -> anyhow::Result<String> {
    let snapshot = loaded.snapshot();
    let (project, route) = one_route(&snapshot, &options.route)?;
    let flow = report::data_flow::of_route(snapshot.db(), project, &route);
    match options.drawn.output_format {
        DiagramFormat::Text => Ok(flow.text()),
        DiagramFormat::Json => document(flow),
        format => write_graph(&flow.graph(), format),
    }
}
