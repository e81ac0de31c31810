// The user's view as the hash of an address: a link to a page shows the same. Pure.

import { FILTERS, type View } from "./view.ts";

/** The view described by a hash. If it contains no fold, the initial one is used. */
export type Remembered = Partial<View>;

const EDGES = ["auto", "all", "wrong"] as const;

export function toHash(view: Remembered): string {
  const words = new URLSearchParams();
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== "") words.append(name, value);
  };
  const filters = view.filters ?? FILTERS;
  view.fold?.shown.forEach((key) => add("shown", key));
  view.fold?.rest.forEach((key) => add("rest", key));
  add("selected", view.selected);
  add("focus", view.focus);
  add("from", view.path?.from);
  add("to", view.path?.to);
  add("search", view.search);
  add("as", view.asMatrix === true ? "matrix" : undefined);
  add("only", filters.onlyViolations ? "violations" : undefined);
  add("only", filters.onlyNew ? "new" : undefined);
  add("only", filters.onlyCycles ? "cycles" : undefined);
  add("edges", filters.edges === FILTERS.edges ? undefined : filters.edges);
  add("type-only", filters.typeChecking ? undefined : "no");
  filters.hidden.forEach((layer) => add("hidden", layer));
  return words.toString();
}

/** Accepts any address: unknown parts are dropped, and items that aren't in the project are left to the caller. */
export function fromHash(hash: string): Remembered | undefined {
  const words = new URLSearchParams(hash.replace(/^#/, ""));
  if (words.size === 0) return undefined;
  const [shown, rest, only] = ["shown", "rest", "only"].map((name) => words.getAll(name));
  const from = words.get("from");
  const to = words.get("to") ?? undefined;
  return {
    ...(shown === undefined || rest === undefined || shown.length === 0 ? {} : { fold: { shown, rest } }),
    selected: words.get("selected") ?? undefined,
    focus: words.get("focus") ?? undefined,
    path: from === null ? undefined : to === undefined ? { from } : { from, to },
    search: words.get("search") ?? "",
    asMatrix: words.get("as") === "matrix",
    filters: {
      onlyViolations: only?.includes("violations") ?? false,
      onlyNew: only?.includes("new") ?? false,
      onlyCycles: only?.includes("cycles") ?? false,
      edges: EDGES.find((edges) => edges === words.get("edges")) ?? FILTERS.edges,
      typeChecking: words.get("type-only") !== "no",
      hidden: words.getAll("hidden"),
    },
  };
}
