// The panel next to the picture: the selection, in words and lists. Everything in the picture is here too, so that it
// can be read without seeing it.

import { type Architecture, isFolder, isOpen, type Violation } from "./data.ts";
import { labelOf } from "./draw.ts";
import { button, type Child, html } from "./elements.ts";
import type { Box, Edge, Scene } from "./fold.ts";
import { counted, when } from "./format.ts";
import { nameOf } from "./tree.ts";
import { isWrong, type View } from "./view.ts";

export interface PanelActions {
  select(id: string | undefined): void;
  expand(box: Box): void;
  close(cluster: string): void;
  focus(id: string | undefined): void;
  path(path: View["path"]): void;
  /** Opens a module at a line. */
  open(module: number, line: number): void;
}

const MOST = 200; // rows of a list

export function panel(it: Architecture, scene: Scene, view: View, isEditor: boolean, actions: PanelActions): Child[] {
  const box = scene.boxes.find(({ id }) => id === view.selected);
  const edge = scene.edges.find(({ id }) => id === view.selected);
  const rows = new Rows(it, scene, isEditor, actions);
  if (box !== undefined) return ofBox(it, scene, box, view, rows, actions);
  if (edge !== undefined) return ofEdge(scene, it, edge, rows, actions);
  return overview(it, scene, rows);
}

function ofBox(it: Architecture, scene: Scene, box: Box, view: View, rows: Rows, actions: PanelActions): Child[] {
  const index = scene.boxes.indexOf(box);
  const layer = it.lanes[box.lane]?.layer;
  const [first] = box.modules;
  const isModule = box.item !== undefined && !isFolder(box.item);
  const module = first === undefined ? undefined : it.modules[first];
  const contexts = new Set(box.modules.flatMap((member) => it.modules[member]?.context ?? []));
  const out = scene.edges.filter(({ from }) => from === index);
  const into = scene.edges.filter(({ to }) => to === index);
  return [
    html("h2", {}, box.item === undefined ? labelOf(it, box) : nameOf(it, box.item)),
    html("p", { class: "facts" }, [layer ?? "no layer", counted(box.modules.length, "module")].join(" · ")),
    isModule && module?.reason !== undefined && html("p", { class: "reason" }, `${sureness(module.confidence)}${module.reason}`),
    contexts.size > 0 && html("p", { class: "reason" }, `Bounded context: ${[...contexts].join(", ")}`),
    html(
      "div",
      { class: "buttons" },
      isModule && first !== undefined
        ? rows.opening(first, 1, "Open file")
        : button("Expand", () => actions.expand(box), { "data-action": "expand" }),
      box.cluster !== undefined && button("Collapse", () => actions.close(box.cluster ?? ""), { "data-action": "collapse" }),
      view.focus === box.id
        ? button("Show all", () => actions.focus(undefined))
        : button("Focus", () => actions.focus(box.id), { "data-action": "focus" }),
      ...pathButtons(box, view, actions),
    ),
    ...section("Violations", box.violations, (violation) => rows.violation(violation)),
    ...section("Imports", strongest(out), (edge) => rows.edge(edge, edge.to)),
    ...section("Imported by", strongest(into), (edge) => rows.edge(edge, edge.from)),
    ...(isModule ? [] : section("Modules", box.modules, (member) => rows.module(member))),
  ];
}

function pathButtons(box: Box, view: View, actions: PanelActions): Child[] {
  const { from, to } = view.path ?? {};
  if (to !== undefined) return [button("Leave path", () => actions.path(undefined), { "data-action": "leave-path" })];
  const begin = button("Path from here", () => actions.path({ from: box.id }), { "data-action": "path-from" });
  if (from === undefined || from === box.id) return [begin];
  return [begin, button("Path to here", () => actions.path({ from, to: box.id }), { "data-action": "path-to" })];
}

function sureness(confidence: number | undefined): string {
  return confidence === undefined || confidence >= 100 ? "" : `${confidence} % sure: `;
}

function ofEdge(scene: Scene, it: Architecture, edge: Edge, rows: Rows, actions: PanelActions): Child[] {
  const [from, to] = [scene.boxes[edge.from], scene.boxes[edge.to]];
  const name = (box: Box | undefined) =>
    box === undefined ? "" : button(labelOf(it, box), () => actions.select(box.id), { class: "link" });
  const marked = new Set(edge.violations.flatMap((index) => it.violations[index]?.imports ?? []));
  const imports = [...edge.imports].sort((a, b) => Number(marked.has(b)) - Number(marked.has(a)) || a - b);
  return [
    html("h2", {}, name(from), " → ", name(to)),
    html("p", { class: "facts" }, counted(edge.imports.length, "import")),
    ...section("Violations", edge.violations, (violation) => rows.violation(violation)),
    edge.mark === "cycle" && html("p", { class: "reason" }, "Closes a cycle: the imported side leads back to the importer."),
    ...section("Imports", imports, (index) => rows.import(index, marked.has(index))),
  ];
}

function overview(it: Architecture, scene: Scene, rows: Rows): Child[] {
  const open = it.violations.flatMap(({ isAccepted }, index) => (isAccepted ? [] : [index]));
  const order = ["error", "warning", "info", "hint"];
  const level = (index: number) => order.indexOf(it.violations[index]?.level ?? "");
  open.sort((a, b) => level(a) - level(b) || a - b);
  const lanes = it.lanes.flatMap(({ layer }, lane) => {
    const boxes = scene.boxes.filter((box) => box.lane === lane);
    return boxes.length === 0 ? [] : [{ layer, boxes }];
  });
  return [
    html("h2", {}, it.name),
    html("p", { class: "facts" }, summary(it)),
    it.picture.folded !== undefined && html("p", { class: "reason" }, `${it.picture.folded}.`),
    html("p", { class: "reason" }, leftOut(it)),
    open.length === 0 && html("p", { class: "good" }, "No import is against the rules."),
    ...section("Violations", open, (violation) => rows.violation(violation)),
    ...section("Wrong edges", scene.edges.filter(isWrong), (edge) => rows.edge(edge)),
    ...lanes.flatMap(({ layer, boxes }) => section(layer ?? "no layer", boxes, (box) => rows.box(box))),
  ];
}

export function summary(it: Architecture): string {
  const open = it.violations.filter(isOpen).length;
  const accepted = it.violations.filter(({ isAccepted }) => isAccepted).length;
  const notes = it.violations.length - open - accepted;
  return [
    it.style,
    counted(it.modules.length, "module"),
    counted(it.imports.length, "import"),
    counted(open, "violation"),
    accepted > 0 ? `${accepted} accepted` : "",
    notes > 0 ? counted(notes, "note") : "",
    it.cycles.length > 0 ? counted(it.cycles.length, "cycle") : "",
  ]
    .filter((word) => word !== "")
    .join(" · ");
}

function leftOut(it: Architecture): string {
  const { tests, migrations, aside, emptyPackages } = it.leftOut;
  const words = [
    tests > 0 ? counted(tests, "test module") : "",
    migrations > 0 ? counted(migrations, "migration") : "",
    aside > 0 ? counted(aside, "script or generated file", "scripts and generated files") : "",
    emptyPackages > 0 ? counted(emptyPackages, "empty __init__.py", "empty __init__.py files") : "",
  ].filter((word) => word !== "");
  return words.length === 0 ? "" : `Not drawn: ${words.join(", ")}.`;
}

function strongest(edges: readonly Edge[]): Edge[] {
  return [...edges].sort((a, b) => Number(isWrong(b)) - Number(isWrong(a)) || b.imports.length - a.imports.length);
}

function section<T>(title: string, items: readonly T[], row: (item: T) => HTMLElement): Child[] {
  if (items.length === 0) return [];
  const rows = items.slice(0, MOST).map((item) => html("li", {}, row(item)));
  if (items.length > MOST) rows.push(html("li", { class: "more" }, `and ${items.length - MOST} more`));
  return [html("h3", {}, `${title} `, html("span", { class: "count" }, String(items.length))), html("ul", {}, ...rows)];
}

/** Rows of lists. */
class Rows {
  constructor(
    private readonly it: Architecture,
    private readonly scene: Scene,
    private readonly isEditor: boolean,
    private readonly actions: PanelActions,
  ) {}

  /** What leads to a place in the code: a button in the editor, a link for the editor where the folder is known. */
  opening(module: number, line: number, ...words: Child[]): HTMLElement {
    const path = this.it.modules[module]?.path ?? "";
    if (this.isEditor) {
      const element = html("button", { type: "button", class: "link", "data-open": `${path}:${line}` }, ...words);
      element.addEventListener("click", () => this.actions.open(module, line));
      return element;
    }
    if (this.it.root === "") return html("span", { class: "link" }, ...words);
    const href = `vscode://file${this.it.root}/${path}:${line}`;
    return html("a", { class: "link", href, "data-open": `${path}:${line}` }, ...words);
  }

  violation(index: number): HTMLElement {
    const found: Violation | undefined = this.it.violations[index];
    if (found === undefined) return html("span");
    const place = `${this.it.modules[found.module]?.path ?? ""}:${found.line}`;
    return this.opening(
      found.module,
      found.line,
      html("span", { class: `message ${found.isAccepted ? "accepted" : found.level}` }, found.message),
      html("span", { class: "place" }, `${found.rule} · ${place}${found.isAccepted ? " · accepted" : ""}`),
    );
  }

  import(index: number, isMarked: boolean): HTMLElement {
    const found = this.it.imports[index];
    if (found === undefined) return html("span");
    const [from, to] = [this.it.modules[found.from], this.it.modules[found.to]];
    const names = found.names ?? [];
    const time = when(found.when);
    return this.opening(
      found.from,
      found.line,
      html("span", { class: isMarked ? "message error" : "message" }, `${to?.name ?? ""}${names.length > 0 ? `: ${names.join(", ")}` : ""}`),
      html("span", { class: "place" }, `${from?.path ?? ""}:${found.line}${time === undefined ? "" : ` · ${time}`}`),
    );
  }

  /** An edge: as a whole, or seen from one of its ends. */
  edge(edge: Edge, other?: number): HTMLElement {
    const label = (index: number) => {
      const box = this.scene.boxes[index];
      return box === undefined ? "" : labelOf(this.it, box);
    };
    const words = other === undefined ? `${label(edge.from)} → ${label(edge.to)}` : label(other);
    const layer = other === undefined ? undefined : this.it.lanes[this.scene.boxes[other]?.lane ?? -1]?.layer;
    const kind = edge.mark === "wrong" ? " error" : edge.mark === "cycle" ? " warning" : "";
    return this.#selecting(edge.id, `message${kind}`, words, edge.imports.length, layer ?? undefined);
  }

  module(index: number): HTMLElement {
    const module = this.it.modules[index];
    return this.opening(index, 1, html("span", { class: "message" }, module?.name ?? ""));
  }

  box(box: Box): HTMLElement {
    const kind = box.violations.length > 0 ? "message error" : "message";
    return this.#selecting(box.id, kind, labelOf(this.it, box), box.modules.length);
  }

  /** What selects a box or an edge. */
  #selecting(id: string, kind: string, words: string, count: number, layer?: string): HTMLElement {
    const element = html(
      "button",
      { type: "button", class: "link", "data-row": id },
      html(
        "span",
        { class: "pair" },
        html("span", { class: kind }, words, layer !== undefined && html("span", { class: "layer" }, ` ${layer}`)),
        html("span", { class: "count" }, String(count)),
      ),
    );
    element.addEventListener("click", () => this.actions.select(id));
    return element;
  }
}
