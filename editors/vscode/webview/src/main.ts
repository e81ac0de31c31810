// The page's lifecycle: data in, picture and lists out, and the user's actions in between.

import { Canvas } from "./canvas.ts";
import { type Architecture, isOpen, SCHEMA } from "./data.ts";
import { draw, emphasize, labelOf, nothing } from "./draw.ts";
import { html } from "./elements.ts";
import { toSvg } from "./export.ts";
import { type Box, carryOver, clusterOf, collapse, expand, expandRest, firstFold, type Scene, scene } from "./fold.ts";
import { counted } from "./format.ts";
import { type FromPage, host, inlineData, type Memory, type ToPage } from "./host.ts";
import { type Layout, layout } from "./layout.ts";
import { matrix } from "./matrix.ts";
import { panel, summary } from "./panel.ts";
import { Toolbar } from "./toolbar.ts";
import { key, Tree } from "./tree.ts";
import { drawsAll, FILTERS, matches, type View, visible } from "./view.ts";
import { way } from "./way.ts";

const HINT = "Arrow keys move, Enter opens, F focuses, / searches, 0 fits.";

class Page {
  readonly #host = host();
  readonly #title = html("h1", {}, "Architecture");
  readonly #facts = html("span", { class: "facts" });
  readonly #side = html("aside", { class: "panel", "aria-label": "Details", tabindex: "-1" });
  readonly #news = html("div", { class: "news", role: "status", "aria-live": "polite" });
  readonly #stage = html("main", { class: "picture" });
  readonly #canvas = new Canvas(() => this.#select(undefined));
  readonly #toolbar = new Toolbar({
    search: (search) => this.#change({ search }, false),
    next: () => this.#nextFound(),
    filter: (filters) => this.#change({ filters }),
    turn: () => this.#change({ asMatrix: this.#view?.asMatrix !== true }),
    fit: () => this.#canvas.fit(),
    zoom: (factor) => this.#canvas.zoom(factor),
    reset: () => this.#reset(),
  });
  #tree: Tree | undefined;
  #view: View | undefined;
  #scene: Scene = { boxes: [], edges: [] };
  #layout: Layout | undefined;
  #found = -1;
  /** The path of the file that is in front in the editor. */
  #here: string | undefined;

  start(): void {
    document.body.append(
      html("header", {}, this.#title, this.#facts),
      this.#toolbar.element,
      html("div", { class: "split" }, this.#stage, this.#side),
      this.#news,
    );
    this.#stage.append(nothing("Waiting for the architecture…"));
    document.addEventListener("keydown", (event) => this.#key(event));
    window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => this.#hear(data));
    inlineData().then(
      (data) => {
        if (data !== undefined) this.#show(data);
        this.#host.send({ type: "ready" });
      },
      () => this.#say("stopped", "This browser can't read the page: it is too old to unpack it."),
    );
  }

  #hear(message: ToPage): void {
    if (message.type === "architecture") {
      this.#show(message.architecture);
    } else if (message.type === "here") {
      this.#here = message.path;
      this.#hover(undefined);
    } else if (message.type === "current") {
      delete document.body.dataset["state"];
      this.#news.textContent = HINT;
    } else if (message.type === "state") {
      this.#say(message.state, message.message);
    } else if (message.type === "export" && this.#tree !== undefined) {
      const { it } = this.#tree;
      // The picture is what an SVG holds.
      if (message.kind === "svg" && this.#view?.asMatrix === true) this.#change({ asMatrix: false });
      const sent: FromPage =
        message.kind === "svg"
          ? { type: "exported", kind: "svg", text: toSvg(this.#canvas) }
          : { type: "exported", kind: "html", architecture: it };
      this.#host.send(sent);
    }
  }

  /** Why there is no picture, or none that is up to date: over the old one, if there is one. */
  #say(state: "waiting" | "stopped", message: string): void {
    document.body.dataset["state"] = state;
    this.#news.textContent = message;
    if (this.#tree === undefined) this.#stage.replaceChildren(nothing(message));
  }

  #show(it: Architecture): void {
    if (it.schema !== SCHEMA) {
      this.#say("stopped", `The server speaks version ${it.schema} of the picture, this page version ${SCHEMA}: update the older one.`);
      return;
    }
    const before = this.#tree?.it;
    const isOther = before !== undefined && before.root !== it.root;
    const tree = new Tree(it);
    this.#tree = tree;
    const remembered = before === undefined ? recalled(this.#host.recall(), it) : undefined;
    const last = isOther ? undefined : (this.#view ?? remembered);
    this.#view =
      last === undefined
        ? { fold: firstFold(it), selected: undefined, focus: undefined, search: "", filters: FILTERS }
        : { ...last, fold: carryOver(tree, last.fold) };
    if (isOther) this.#layout = undefined;
    delete document.body.dataset["state"];
    document.body.dataset["ready"] = "true";
    this.#news.textContent = before === undefined || isOther ? HINT : difference(before, it);
    this.#redraw();
  }

  #change(change: Partial<View>, isOther = true): void {
    if (this.#view === undefined) return;
    this.#view = { ...this.#view, ...change };
    if (isOther) this.#redraw();
    else this.#refresh();
  }

  #redraw(): void {
    const [tree, view] = [this.#tree, this.#view];
    if (tree === undefined || view === undefined) return;
    const { it } = tree;
    this.#scene = visible(it, all(tree, view), view);
    this.#layout = layout(this.#scene, this.#layout);
    this.#title.textContent = it.name;
    this.#facts.textContent = summary(it);
    if (this.#scene.boxes.length === 0) {
      const words = it.modules.length === 0 ? "There is no Python code to draw." : "Nothing matches the filters.";
      this.#stage.replaceChildren(nothing(words));
    } else if (view.asMatrix === true) {
      this.#stage.replaceChildren(matrix(it, this.#scene, (id) => this.#select(id)));
    } else {
      if (this.#canvas.element.parentElement === null) this.#stage.replaceChildren(this.#canvas.element);
      const focused = document.activeElement?.closest("[data-box]")?.getAttribute("data-box");
      const drawn = draw(it, this.#scene, this.#layout, {
        select: (id) => this.#select(id),
        open: (box) => this.#open(box),
        close: (cluster) => this.#close(cluster),
        hover: (id) => this.#hover(id),
      });
      this.#canvas.show(drawn, this.#layout);
      if (focused != null) this.#boxElement(focused)?.focus();
    }
    this.#refresh();
  }

  /** What follows from the selection and the search alone. */
  #refresh(): void {
    const [tree, view] = [this.#tree, this.#view];
    if (tree === undefined || view === undefined) return;
    this.#hover(undefined);
    this.#toolbar.update(tree.it, view, drawsAll(this.#scene, view.filters));
    const rows = panel(tree.it, this.#scene, view, this.#host.isEditor, {
      select: (id) => this.#select(id),
      expand: (box) => this.#open(box),
      close: (cluster) => this.#close(cluster),
      focus: (id) => this.#change({ focus: id, path: undefined }),
      path: (path) => this.#path(path),
      open: (module, line) => this.#openCode(module, line),
    });
    this.#side.replaceChildren(...rows.filter((row) => row !== undefined && row !== false));
    const first = firstFold(tree.it);
    const isFirst = JSON.stringify(view.fold) === JSON.stringify(first);
    const { fold, ...others } = view;
    this.#host.remember({ root: tree.it.root, view: isFirst ? others : { ...others, fold } });
  }

  #hover(id: string | undefined): void {
    const root = this.#canvas.scene;
    if (root !== undefined && this.#tree !== undefined && this.#view !== undefined) {
      emphasize(root, this.#tree.it, this.#scene, this.#view, { hovered: id, here: this.#here });
    }
  }

  /** Begins a path, draws one, or leaves it. */
  #path(path: View["path"]): void {
    const [tree, view] = [this.#tree, this.#view];
    if (tree === undefined || view === undefined) return;
    const name = (id: string) => {
      const box = this.#scene.boxes.find((box) => box.id === id);
      return box === undefined ? id : labelOf(tree.it, box);
    };
    const { from, to } = path ?? {};
    if (from === undefined) {
      this.#change({ path });
    } else if (to === undefined) {
      this.#change({ path }, false);
      this.#news.textContent = `From ${name(from)}: select another box, then “Path to here”.`;
    } else {
      const filters = { ...view.filters, onlyCycles: false };
      const found = way(visible(tree.it, all(tree, view), { ...view, focus: undefined, path: undefined, filters }), from, to);
      const length = found === undefined ? "No path leads" : `${counted(found.length, "edge")}: the shortest path`;
      this.#news.textContent = `${length} from ${name(from)} to ${name(to)}.`;
      if (found !== undefined) this.#change({ path, focus: undefined });
    }
  }

  #select(id: string | undefined): void {
    this.#change({ selected: id }, false);
    this.#side.scrollTop = 0;
  }

  /** Opens a package in place, the rest, or the file of a module. */
  #open(box: Box): void {
    const [tree, view] = [this.#tree, this.#view];
    if (tree === undefined || view === undefined) return;
    if (box.item === undefined) {
      this.#change({ fold: expandRest(view.fold), selected: undefined });
    } else if ("folder" in box.item) {
      this.#change({ fold: expand(tree, view.fold, key(tree.it, box.item)), selected: undefined, focus: undefined, path: undefined });
    } else {
      this.#openCode(box.item.module, 1);
    }
  }

  #close(cluster: string): void {
    const [tree, view] = [this.#tree, this.#view];
    if (tree === undefined || view === undefined) return;
    this.#change({ fold: collapse(tree, view.fold, cluster), selected: undefined, focus: undefined, path: undefined });
  }

  #openCode(module: number, line: number): void {
    const path = this.#tree?.it.modules[module]?.path;
    if (path !== undefined) this.#host.send({ type: "open", path, line });
  }

  #reset(): void {
    const tree = this.#tree;
    if (tree === undefined) return;
    this.#layout = undefined;
    this.#view = { fold: firstFold(tree.it), selected: undefined, focus: undefined, search: "", filters: FILTERS };
    this.#redraw();
    this.#canvas.fit();
  }

  #nextFound(): void {
    const [tree, view] = [this.#tree, this.#view];
    if (tree === undefined || view === undefined || view.search.trim() === "") return;
    const found = this.#scene.boxes.filter((box) => matches(tree.it, box, view.search));
    this.#found = (this.#found + 1) % Math.max(1, found.length);
    const box = found[this.#found];
    if (box === undefined) {
      this.#news.textContent = "Nothing found.";
      return;
    }
    this.#select(box.id);
    this.#reveal(box.id);
    this.#news.textContent = `${this.#found + 1} of ${counted(found.length, "box", "boxes")}`;
  }

  #reveal(id: string): void {
    const place = this.#layout?.places.find(({ box }) => box.id === id);
    if (place !== undefined) this.#canvas.reveal(place.x, place.y);
  }

  #boxElement(id: string): SVGElement | undefined {
    const all = this.#canvas.element.querySelectorAll<SVGElement>("[data-box]");
    return [...all].find((element) => element.getAttribute("data-box") === id);
  }

  #key(event: KeyboardEvent): void {
    const isTyping = event.target instanceof HTMLInputElement && event.target.type === "search";
    if (event.key === "Escape") {
      if (isTyping) (event.target as HTMLElement).blur();
      this.#change({ selected: undefined, focus: undefined, path: undefined, search: "" });
      return;
    }
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const id = document.activeElement?.getAttribute("data-box") ?? undefined;
    const box = this.#scene.boxes.find((box) => box.id === id);
    const edge = document.activeElement?.getAttribute("data-edge");
    const acts: Readonly<Record<string, (() => void) | undefined>> = {
      "0": () => this.#canvas.fit(),
      "+": () => this.#canvas.zoom(1.25),
      "-": () => this.#canvas.zoom(0.8),
      "/": () => this.#toolbar.focusSearch(),
      Enter: box !== undefined ? () => this.#open(box) : edge != null ? () => this.#select(edge) : undefined,
      " ": box !== undefined ? () => this.#select(box.id) : undefined,
      f: box !== undefined ? () => this.#change({ focus: this.#view?.focus === box.id ? undefined : box.id }) : undefined,
      Backspace: box !== undefined ? () => this.#closeAround(box) : undefined,
      ArrowLeft: box !== undefined ? () => this.#step(box, -1, 0) : undefined,
      ArrowRight: box !== undefined ? () => this.#step(box, 1, 0) : undefined,
      ArrowUp: box !== undefined ? () => this.#step(box, 0, -1) : undefined,
      ArrowDown: box !== undefined ? () => this.#step(box, 0, 1) : undefined,
    };
    const act = acts[event.key];
    if (act !== undefined) {
      event.preventDefault();
      act();
    }
  }

  #closeAround(box: Box): void {
    const cluster = box.item === undefined || this.#tree === undefined ? undefined : clusterOf(this.#tree, box.item);
    if (cluster !== undefined) this.#close(cluster);
  }

  /** To the next box in a direction. */
  #step(from: Box, right: number, down: number): void {
    const places = this.#layout?.places ?? [];
    const here = places.find(({ box }) => box.id === from.id);
    if (here === undefined) return;
    const ahead = places.filter((place) => {
      return down !== 0 ? (place.row - here.row) * down > 0 : place.row === here.row && (place.x - here.x) * right > 0;
    });
    const distance = (place: (typeof places)[number]) =>
      Math.abs(place.row - here.row) * 10_000 + Math.abs(place.x - here.x);
    const next = ahead.sort((a, b) => distance(a) - distance(b))[0];
    if (next === undefined) return;
    this.#boxElement(next.box.id)?.focus();
    this.#reveal(next.box.id);
  }
}

/** The boxes of a view and all edges that count. */
function all(tree: Tree, view: View): Scene {
  return scene(tree, view.fold, (when) => view.filters.typeChecking || when !== "type-checking");
}

/** The view of the same project from before the page was reloaded. */
function recalled(memory: Memory, it: Architecture): View | undefined {
  const { root = it.root, view } = memory;
  if (root !== it.root || view === undefined) return undefined;
  return {
    fold: view.fold ?? firstFold(it),
    selected: view.selected,
    focus: view.focus,
    path: view.path,
    search: view.search ?? "",
    asMatrix: view.asMatrix === true,
    filters: { ...FILTERS, ...view.filters },
  };
}

/** The changes of an update, in words, for users who don't see it. */
function difference(before: Architecture, after: Architecture): string {
  const open = (it: Architecture) => it.violations.filter(isOpen).length;
  const change = open(after) - open(before);
  if (change > 0) return `${counted(change, "more violation", "more violations")}.`;
  if (change < 0) return `${counted(-change, "violation")} less.`;
  return "Updated.";
}

new Page().start();
