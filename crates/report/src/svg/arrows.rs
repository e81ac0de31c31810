//! The arrows of a drawing and their labels.

use std::cmp::Ordering;
use std::fmt::Write as _;

use super::layout::{Layout, Place, RISE};
use super::{cut, escaped, width};
use crate::graph::{Edge, Graph, Verdict};

/// Longer labels are cut: to the first of these widths that has a place.
const ROOMS_FOR_LABEL: [usize; 3] = [320, 160, 80];
/// The height of a label.
const LABEL: usize = 11;

type Point = (usize, usize);

/// A piece of an arrow: from one point to another, leaving and reaching them as the two in the middle say.
type Curve = [Point; 4];

/// An arrow with its course.
pub(super) struct Arrow<'g> {
    edge: &'g Edge,
    curves: Vec<Curve>,
}

impl<'g> Arrow<'g> {
    /// The arrows between boxes of the drawing.
    pub(super) fn all(graph: &'g Graph, layout: &Layout) -> impl Iterator<Item = Self> {
        graph.edges.iter().zip(&layout.bends).filter_map(|(edge, bends)| {
            let (from, to) = (*layout.places.get(edge.from)?, *layout.places.get(edge.to)?);
            let curves = if edge.from == edge.to {
                let (x, y) = (from.x + from.width, from.y);
                vec![[(x, y + 8), (x + 22, y), (x + 22, y + 30), (x, y + 22)]]
            } else {
                curves(from, to, bends)
            };
            Some(Self { edge, curves })
        })
    }

    /// Draws the line.
    pub(super) fn line(&self, out: &mut String) {
        let (class, head) = match self.edge.verdict {
            Verdict::Against { .. } => (" against", "head-against"),
            Verdict::Cycle => (" cycle", "head"),
            Verdict::Unknown { .. } => (" dashed", "head"),
            Verdict::Fine => ("", "head"),
        };
        let hint = self.hint();
        let hint = if hint.is_empty() { String::new() } else { format!("<title>{}</title>", escaped(&hint)) };
        let _ = write!(out, "<g>{hint}<path class=\"line{class}\" marker-end=\"url(#{head})\" d=\"");
        for (index, [start, one, other, end]) in self.curves.iter().enumerate() {
            // Straight along the rows that it passes.
            let command = if index == 0 { 'M' } else { 'L' };
            let _ = write!(
                out,
                "{command}{} {}C{} {} {} {} {} {}",
                start.0, start.1, one.0, one.1, other.0, other.1, end.0, end.1
            );
        }
        out.push_str("\"/></g>\n");
    }

    fn hint(&self) -> String {
        if self.edge.from == self.edge.to {
            return self.edge.label.clone().unwrap_or_default();
        }
        let label = self.edge.label.as_ref().filter(|label| label.parse::<usize>().is_err());
        let mut words: Vec<String> = label.cloned().into_iter().collect();
        words.extend(self.edge.verdict.reason().map(str::to_owned));
        words.extend(self.edge.imports.iter().take(20).map(|import| {
            format!("{}:{} {} imports {}", import.file, import.line, import.importer, import.imported)
        }));
        words.join(" · ")
    }
}

/// Down and up through the rows between two boxes; over the row if both are in the same.
fn curves(from: Place, to: Place, bends: &[super::layout::Bend]) -> Vec<Curve> {
    let (x1, x2) = (from.x + from.width / 2, to.x + to.width / 2);
    let order = to.y.cmp(&from.y);
    if order == Ordering::Equal {
        let rise = from.y.saturating_sub(RISE);
        return vec![[(x1, from.y), (x1, rise), (x2, rise), (x2, to.y)]];
    }
    let is_down = order == Ordering::Greater;
    let mut points: Vec<(Point, Point)> = Vec::new();
    let start = if is_down { from.y + from.height } else { from.y };
    let mut at = (x1, start);
    for bend in bends {
        let (enters, leaves) = if is_down { (bend.top, bend.bottom) } else { (bend.bottom, bend.top) };
        points.push((at, (bend.x, enters)));
        at = (bend.x, leaves);
    }
    points.push((at, (x2, if is_down { to.y } else { to.y + to.height })));
    let curve = |((x1, y1), (x2, y2)): (Point, Point)| {
        let half = y1.abs_diff(y2) / 2;
        let (c1, c2) =
            if is_down { (y1 + half, y2.saturating_sub(half)) } else { (y1.saturating_sub(half), y2 + half) };
        [(x1, y1), (x1, c1), (x2, c2), (x2, y2)]
    };
    points.into_iter().map(curve).collect()
}

/// The labels that have a place.
#[derive(Default)]
pub(super) struct Labels {
    pub(super) drawn: String,
    /// How far they reach to the right.
    pub(super) right: usize,
    /// Labels that would cover others. Each arrow shows its own where the pointer rests on it.
    pub(super) without_place: usize,
}

/// Draws the labels, each where it covers neither a box nor another label, cut if that helps: two on one place can't be
/// read at all.
pub(super) fn labels(arrows: &[Arrow<'_>], boxes: &[Place]) -> Labels {
    let mut taken: Vec<Place> = boxes.to_vec();
    let mut labels = Labels::default();
    for arrow in arrows.iter().filter(|arrow| arrow.edge.from != arrow.edge.to) {
        let Some(label) = &arrow.edge.label else { continue };
        let spots: Vec<Point> = spots(&arrow.curves).collect();
        let placed = ROOMS_FOR_LABEL.iter().find_map(|room| {
            let text = cut(label, *room);
            let wide = width(&text) * 10 / 12;
            let mut places = spots.iter().map(|point| around(*point, wide));
            let place = places.find(|place| !taken.iter().any(|other| overlap(*place, *other)))?;
            Some((text, place))
        });
        let Some((text, place)) = placed else {
            labels.without_place += 1;
            continue;
        };
        taken.push(place);
        labels.right = labels.right.max(place.x + place.width);
        let red = if matches!(arrow.edge.verdict, Verdict::Against { .. }) { " red" } else { "" };
        let _ = writeln!(
            labels.drawn,
            "<text class=\"label halo{red}\" text-anchor=\"middle\" x=\"{}\" y=\"{}\">{}</text>",
            place.x + place.width / 2,
            place.y + LABEL - 2,
            escaped(&text)
        );
    }
    labels
}

/// Places on an arrow for its label, the best first: the middle of its middle piece, then along it and the others.
fn spots(curves: &[Curve]) -> impl Iterator<Item = Point> {
    const ALONG: [usize; 15] = [50, 45, 55, 40, 60, 35, 65, 30, 70, 25, 75, 20, 80, 15, 85];
    let middle = curves.len() / 2;
    let mut order: Vec<usize> = (0..curves.len()).collect();
    order.sort_by_key(|at| at.abs_diff(middle));
    let curves: Vec<Curve> = order.into_iter().map(|at| curves[at]).collect();
    curves.into_iter().flat_map(|curve| ALONG.map(|percent| point(curve, percent)))
}

/// The point at this part of a Bézier curve, in percent.
fn point(curve: Curve, percent: usize) -> Point {
    let rest = 100 - percent;
    let weights = [
        rest * rest * rest,
        3 * rest * rest * percent,
        3 * rest * percent * percent,
        percent * percent * percent,
    ];
    let along = |of: fn(&Point) -> usize| {
        curve.iter().zip(weights).map(|(point, weight)| weight * of(point)).sum::<usize>() / 1_000_000
    };
    (along(|point| point.0), along(|point| point.1))
}

/// The room of a label around a point, within the picture.
fn around((x, y): Point, wide: usize) -> Place {
    Place { x: x.saturating_sub(wide / 2).max(4), y: y.saturating_sub(LABEL / 2), width: wide, height: LABEL }
}

fn overlap(one: Place, other: Place) -> bool {
    one.x < other.x + other.width
        && other.x < one.x + one.width
        && one.y < other.y + other.height
        && other.y < one.y + one.height
}
