// Search, filters and zoom.

import type { Architecture } from "./data.ts";
import { button, html } from "./elements.ts";
import { type Filters, type View } from "./view.ts";

export interface ToolbarActions {
  search(text: string): void;
  /** Enter in the field: goes to the next box that is found. */
  next(): void;
  filter(filters: Filters): void;
  /** Between boxes and matrix. */
  turn(): void;
  fit(): void;
  zoom(factor: number): void;
  reset(): void;
}

/** Built once per set of lanes; {@link update} keeps it current. */
export class Toolbar {
  readonly element = html("div", { class: "toolbar", role: "toolbar", "aria-label": "Filters and zoom" });
  readonly #search = html("input", {
    type: "search",
    class: "search",
    placeholder: "Search modules",
    "aria-label": "Search modules",
    spellcheck: "false",
  });
  readonly #onlyViolations = toggle("Only violations", "data-filter", "violations");
  readonly #onlyNew = toggle("Since baseline", "data-filter", "new");
  readonly #onlyCycles = toggle("Only cycles", "data-filter", "cycles");
  readonly #allEdges = toggle("All imports", "data-filter", "edges");
  readonly #typeChecking = toggle("Type-only imports", "data-filter", "type-checking");
  readonly #matrix = toggle("Matrix", "data-action", "matrix");
  readonly #layers = html("details", { class: "layers" }, html("summary", {}, "Layers"));
  #view: View | undefined;

  constructor(private readonly actions: ToolbarActions) {
    this.#search.addEventListener("input", () => actions.search(this.#search.value));
    this.#search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") actions.next();
    });
    this.#onlyViolations.addEventListener("click", () => this.#change((it) => ({ ...it, onlyViolations: !it.onlyViolations })));
    this.#onlyNew.title = "Only what the baseline doesn't accept";
    this.#onlyNew.addEventListener("click", () => this.#change((it) => ({ ...it, onlyNew: !it.onlyNew })));
    this.#onlyCycles.addEventListener("click", () => this.#change((it) => ({ ...it, onlyCycles: !it.onlyCycles })));
    this.#typeChecking.addEventListener("click", () => this.#change((it) => ({ ...it, typeChecking: !it.typeChecking })));
    this.#matrix.addEventListener("click", () => actions.turn());
    this.#allEdges.addEventListener("click", () => {
      const isOn = this.#allEdges.getAttribute("aria-pressed") === "true";
      this.#change((it) => ({ ...it, edges: isOn ? "wrong" : "all" }));
    });
    this.element.append(
      this.#search,
      this.#onlyViolations,
      this.#onlyNew,
      this.#onlyCycles,
      this.#allEdges,
      this.#typeChecking,
      this.#layers,
      this.#matrix,
      html("span", { class: "room" }),
      button("Reset", () => actions.reset(), { title: "The picture as it was at first", "data-action": "reset" }),
      button("−", () => actions.zoom(0.8), { "aria-label": "Zoom out", title: "Zoom out (−)" }),
      button("+", () => actions.zoom(1.25), { "aria-label": "Zoom in", title: "Zoom in (+)" }),
      button("Fit", () => actions.fit(), { title: "Fit the picture into the window (0)", "data-action": "fit" }),
    );
  }

  focusSearch(): void {
    this.#search.focus();
    this.#search.select();
  }

  update(it: Architecture, view: View, drawsAll: boolean): void {
    this.#view = view;
    if (this.#search.value !== view.search) this.#search.value = view.search;
    const { onlyViolations, onlyNew, onlyCycles, typeChecking, hidden } = view.filters;
    press(this.#onlyViolations, onlyViolations);
    press(this.#onlyNew, onlyNew);
    // Without accepted findings there is no baseline, or it is about something else: nothing would differ.
    this.#onlyNew.hidden = !onlyNew && !it.violations.some(({ isAccepted }) => isAccepted);
    press(this.#onlyCycles, onlyCycles);
    press(this.#matrix, view.asMatrix === true);
    press(this.#allEdges, drawsAll);
    press(this.#typeChecking, typeChecking);
    const boxes = it.lanes.map(({ layer }) => {
      const name = layer ?? "none";
      const box = html("input", { type: "checkbox", "data-layer": name });
      box.checked = !hidden.includes(name);
      box.addEventListener("change", () => {
        this.#change((it) => {
          const others = it.hidden.filter((other) => other !== name);
          return { ...it, hidden: box.checked ? others : [...others, name] };
        });
      });
      return html("label", {}, box, layer ?? "no layer");
    });
    this.#layers.replaceChildren(html("summary", {}, "Layers"), html("div", { class: "menu" }, ...boxes));
  }

  #change(change: (filters: Filters) => Filters): void {
    if (this.#view !== undefined) this.actions.filter(change(this.#view.filters));
  }
}

function toggle(words: string, name: string, value: string): HTMLButtonElement {
  return html("button", { type: "button", class: "toggle", "aria-pressed": "false", [name]: value }, words);
}

function press(element: Element, isPressed: boolean): void {
  element.setAttribute("aria-pressed", String(isPressed));
}
