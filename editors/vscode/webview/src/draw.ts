// The picture as SVG: lanes, frames, edges, boxes, in this order from back to front.

import { type Architecture, isFolder } from "./data.ts";
import { html, svg } from "./elements.ts";
import type { Box, Edge, Scene } from "./fold.ts";
import { counted, fitting } from "./format.ts";
import { BOX, GUTTER, type Layout } from "./layout.ts";
import { itemOf, nameOf, shortName } from "./tree.ts";
import { around, drawsAll, isWrong, matches, type View } from "./view.ts";

export interface Actions {
  select(id: string | undefined): void;
  open(box: Box): void;
  close(cluster: string): void;
  hover(id: string | undefined): void;
}

/** The number of imports from which an edge has the maximum width. */
const THICK = 16;
/** Characters that fit in a box, and in one with a button. */
const LABEL = { whole: 18, beside: 14 } as const;

export function draw(it: Architecture, scene: Scene, layout: Layout, actions: Actions): SVGGElement {
  const root = svg("g", { class: "scene" });
  const framed = new Set(layout.frames.flatMap(({ boxes }) => [...boxes]));
  const strongest = Math.max(THICK, ...scene.edges.map(({ imports }) => imports.length));
  root.append(
    ...layout.bands.map(({ lane, y, height }) => {
      const layer = it.lanes[lane]?.layer;
      return svg(
        "g",
        { class: "lane", "data-layer": layer ?? "none", "aria-hidden": "true" },
        svg("rect", { class: "band", x: 0, y, width: layout.width, height, rx: 6 }),
        svg("rect", { class: "gutter", x: 0, y, width: GUTTER - 14, height, rx: 6 }),
        svg(
          "text",
          { class: "lane-name", transform: `translate(${(GUTTER - 14) / 2} ${y + height / 2}) rotate(-90)` },
          height < 110 ? fitting(layer ?? "no layer", 14) : (layer ?? "no layer"),
        ),
      );
    }),
    ...layout.frames.map(({ cluster, x, y, width, height }) => frame(it, cluster, { x, y, width, height }, actions)),
    svg("g", { class: "edges" }, ...scene.edges.map((edge, index) => drawEdge(it, scene, layout, edge, index, strongest, actions))),
    svg(
      "g",
      { class: "boxes" },
      ...layout.places.map(({ box, x, y }) => drawBox(it, box, framed.has(box.id), { x: x - BOX.width / 2, y }, actions)),
    ),
  );
  return root;
}

function frame(
  it: Architecture,
  cluster: string,
  at: { x: number; y: number; width: number; height: number },
  actions: Actions,
): SVGGElement {
  const item = itemOf(it, cluster);
  const label = item === undefined ? "" : shortName(it, item);
  const element = svg(
    "g",
    { class: "frame", role: "button", tabindex: 0, "aria-label": `Close ${label}`, "data-frame": cluster },
    svg("rect", { ...at, rx: 8 }),
    svg("text", { x: at.x + 10, y: at.y + 12 }, `− ${fitting(label, Math.max(6, Math.floor(at.width / 7)))}`),
    svg("title", {}, `Close ${label}`),
  );
  element.addEventListener("click", () => actions.close(cluster));
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") actions.close(cluster);
  });
  return element;
}

function drawBox(
  it: Architecture,
  box: Box,
  isFramed: boolean,
  { x, y }: { readonly x: number; readonly y: number },
  actions: Actions,
): SVGGElement {
  const layer = it.lanes[box.lane]?.layer ?? "none";
  const name = labelOf(it, box);
  const around = isFramed && box.cluster !== undefined ? itemOf(it, box.cluster) : undefined;
  const shown = box.item === undefined || around === undefined ? name : shortName(it, box.item, around);
  const full = box.item === undefined ? name : nameOf(it, box.item);
  const canOpen = box.item === undefined || isFolder(box.item);
  const wrong = box.violations.length;
  const isSure = box.modules.some((module) => it.modules[module]?.isSure);
  const kind = box.item === undefined ? "rest" : isFolder(box.item) ? "package" : "module";
  const words = `${full}, ${layer}, ${counted(box.modules.length, "module")}${wrong > 0 ? `, ${counted(wrong, "violation")}` : ""}`;
  const element = svg(
    "g",
    {
      class: `box ${kind}${wrong > 0 ? " bad" : ""}${isSure ? "" : " unsure"}`,
      transform: `translate(${x} ${y})`,
      role: "button",
      tabindex: 0,
      "aria-label": words,
      "data-box": box.id,
      "data-layer": layer,
    },
    kind !== "module" && svg("rect", { class: "behind", x: 4, y: -4, width: BOX.width - 8, height: BOX.height, rx: 6 }),
    svg("rect", { class: "body", width: BOX.width, height: BOX.height, rx: 6 }),
    svg("circle", { class: "mark", cx: BOX.width, cy: BOX.height, r: 5 }),
    svg("rect", { class: "bar", width: 4, height: BOX.height - 12, x: 6, y: 6, rx: 2 }),
    svg("text", { class: "name", x: 18, y: 21 }, fitting(shown, canOpen ? LABEL.beside : LABEL.whole)),
    svg("text", { class: "detail", x: 18, y: 37 }, detail(it, box)),
    svg("title", {}, words),
  );
  if (wrong > 0) {
    element.append(
      svg("rect", { class: "badge", x: BOX.width - 31, y: 27, width: 24, height: 14, rx: 7 }),
      svg("text", { class: "badge-text", x: BOX.width - 19, y: 37.5 }, wrong > 99 ? "99+" : String(wrong)),
    );
  }
  if (canOpen) {
    const open = svg(
      "g",
      { class: "open", transform: `translate(${BOX.width - 26} 5)` },
      svg("rect", { width: 20, height: 20, rx: 4 }),
      svg("path", { d: "M10 5.5v9M5.5 10h9" }),
      svg("title", {}, `Open ${name}`),
    );
    open.addEventListener("click", (event) => {
      event.stopPropagation();
      actions.open(box);
    });
    element.append(open);
  }
  element.addEventListener("click", () => actions.select(box.id));
  element.addEventListener("dblclick", () => actions.open(box));
  element.addEventListener("mouseenter", () => actions.hover(box.id));
  element.addEventListener("mouseleave", () => actions.hover(undefined));
  element.addEventListener("focus", () => actions.hover(box.id));
  element.addEventListener("blur", () => actions.hover(undefined));
  return element;
}

export function labelOf(it: Architecture, box: Box): string {
  if (box.item !== undefined) return shortName(it, box.item);
  const [only] = box.modules;
  return box.modules.length === 1 && only !== undefined ? shortName(it, { module: only }) : "all others";
}

function detail(it: Architecture, box: Box): string {
  const [only] = box.modules;
  if (box.item !== undefined && !isFolder(box.item) && only !== undefined) {
    const { confidence, isSure } = it.modules[only] ?? {};
    return confidence === undefined || isSure === true ? "module" : `module · ${confidence} % sure`;
  }
  return counted(box.modules.length, "module");
}

function drawEdge(
  it: Architecture,
  scene: Scene,
  layout: Layout,
  edge: Edge,
  index: number,
  strongest: number,
  actions: Actions,
): SVGGElement {
  const { path, label } = layout.routes[index] ?? { path: "", label: { x: 0, y: 0 } };
  const [from, to] = [scene.boxes[edge.from], scene.boxes[edge.to]];
  const names = `${from === undefined ? "" : labelOf(it, from)} imports ${to === undefined ? "" : labelOf(it, to)}`;
  const said = edge.mark === "wrong" ? ", against the rules" : edge.mark === "cycle" ? ", part of a cycle" : "";
  const words = `${names}: ${counted(edge.imports.length, "import")}${said}`;
  const width = 1 + 2.5 * (Math.log2(edge.imports.length + 1) / Math.log2(strongest + 1));
  const element = svg(
    "g",
    {
      class: `edge ${edge.mark}`,
      role: "button",
      tabindex: isWrong(edge) ? 0 : -1,
      "aria-label": words,
      "data-edge": edge.id,
      "data-from": from?.id,
      "data-to": to?.id,
    },
    svg("path", { class: "hit", d: path }),
    svg("path", { class: "line", d: path, "stroke-width": width.toFixed(1), "marker-end": `url(#head-${edge.mark})` }),
    svg("text", { class: "weight", x: label.x, y: label.y }, String(edge.imports.length)),
    svg("title", {}, words),
  );
  element.addEventListener("click", () => actions.select(edge.id));
  element.addEventListener("mouseenter", () => actions.hover(edge.id));
  element.addEventListener("mouseleave", () => actions.hover(undefined));
  return element;
}

/** Arrow heads, one for each style of edge. */
export function heads(): SVGDefsElement {
  const head = (name: string) =>
    svg(
      "marker",
      {
        id: `head-${name}`,
        class: `head ${name}`,
        viewBox: "0 0 8 8",
        refX: 6.5,
        refY: 4,
        markerWidth: 8,
        markerHeight: 8,
        markerUnits: "userSpaceOnUse",
        orient: "auto-start-reverse",
      },
      svg("path", { d: "M0.5 0.8 7.5 4 0.5 7.2Z" }),
    );
  return svg("defs", {}, head("fine"), head("wrong"), head("cycle"), head("accepted"));
}

/** Temporary highlighting. */
export interface Moment {
  /** Box or edge, by id. */
  readonly hovered: string | undefined;
  /** The path of the module that is in front in the editor. */
  readonly here: string | undefined;
}

/** Sets classes for what is drawn strongly, faintly or not at all: hovering takes precedence over selection. */
export function emphasize(
  root: Element,
  it: Architecture,
  scene: Scene,
  view: View,
  { hovered, here }: Moment,
): void {
  const id = hovered ?? view.selected;
  const near = id === undefined ? undefined : around(scene, id);
  const all = drawsAll(scene, view.filters);
  root.querySelectorAll<SVGElement>(".edge").forEach((element, index) => {
    const edge = scene.edges[index];
    if (edge === undefined) return;
    const isNear = near?.edges.has(index) ?? false;
    const isDrawn = isNear || isWrong(edge) || all;
    element.classList.toggle("gone", !isDrawn);
    element.classList.toggle("near", isNear);
    element.classList.toggle("out", isNear && scene.boxes[edge.from]?.id === id);
    element.classList.toggle("in", isNear && scene.boxes[edge.to]?.id === id);
    element.classList.toggle("faint", near !== undefined && !isNear);
    element.classList.toggle("selected", edge.id === view.selected);
  });
  root.querySelectorAll<SVGElement>(".box").forEach((element, index) => {
    const box = scene.boxes[index];
    if (box === undefined) return;
    const isNear = near === undefined || near.boxes.has(index) || box.id === id;
    element.classList.toggle("faint", !isNear || !matches(it, box, view.search));
    element.classList.toggle("found", view.search.trim() !== "" && matches(it, box, view.search));
    element.classList.toggle("selected", box.id === view.selected);
    element.classList.toggle("here", here !== undefined && box.modules.some((module) => it.modules[module]?.path === here));
  });
}

/** The text below a picture without boxes. */
export function nothing(words: string): HTMLElement {
  return html("p", { class: "nothing" }, words);
}
