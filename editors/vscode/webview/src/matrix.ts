// The boxes as a structure matrix: importers (rows) and imported boxes (columns), in the order of layers.

import type { Architecture } from "./data.ts";
import { labelOf, nothing } from "./draw.ts";
import { button, html } from "./elements.ts";
import type { Box, Edge, Scene } from "./fold.ts";
import { counted } from "./format.ts";

/** From this number of boxes on, no matrix is drawn. */
export const MOST = 120;

export interface Row {
  readonly box: Box;
  /** What it imports of each box, in the order of rows. */
  readonly cells: readonly (Edge | undefined)[];
}

/** Pure: boxes are in the order of layers, so that an import of a lower layer is right of the diagonal. */
export function rows(scene: Scene): readonly Row[] {
  const cells = scene.boxes.map(() => new Array<Edge | undefined>(scene.boxes.length).fill(undefined));
  scene.edges.forEach((edge) => {
    const row = cells[edge.from];
    if (row !== undefined) row[edge.to] = edge;
  });
  return scene.boxes.map((box, at) => ({ box, cells: cells[at] ?? [] }));
}

export function matrix(it: Architecture, scene: Scene, select: (id: string) => void): HTMLElement {
  if (scene.boxes.length > MOST) {
    const words = `A matrix shows up to ${MOST} boxes, and these are ${scene.boxes.length}: focus, filter or collapse.`;
    return nothing(words);
  }
  const number = (at: number) => String(at + 1);
  const layer = (box: Box) => it.lanes[box.lane]?.layer ?? "no layer";
  const head = scene.boxes.map((box, at) => html("th", { scope: "col", title: labelOf(it, box) }, number(at)));
  const body = rows(scene).map(({ box, cells }, at) => {
    const name = button(`${number(at)} ${labelOf(it, box)} · ${layer(box)}`, () => select(box.id), { class: "link" });
    const row = cells.map((edge, other) => {
      if (edge === undefined) return html("td", { class: at === other ? "self" : "" });
      const to = scene.boxes[other];
      const words = `${labelOf(it, box)} imports ${to === undefined ? "" : labelOf(it, to)}: ${counted(edge.imports.length, "import")}`;
      const cell = button(String(edge.imports.length), () => select(edge.id), { title: words, "aria-label": words });
      return html("td", { class: edge.mark }, cell);
    });
    return html("tr", {}, html("th", { scope: "row" }, name), ...row);
  });
  const table = html(
    "table",
    { class: "matrix" },
    html("caption", {}, "Rows import columns. Right of the diagonal imports go down the layers or stay in one, left of it up or back."),
    html("thead", {}, html("tr", {}, html("td"), ...head)),
    html("tbody", {}, ...body),
  );
  return html("div", { class: "scrolled" }, table);
}
