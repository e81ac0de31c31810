// A small architecture for the tests of the page, written as imports.

import type { Architecture, Import, Item, Module, Violation } from "./data.ts";

/** A module: its layer, and whether that is certain. */
export type Written = readonly [path: string, layer?: string, isSure?: boolean];

/** Builds an architecture from modules and `importer > imported` lines; `!` marks those against the rules. */
export function sample(written: readonly Written[], lines: readonly string[], shown?: readonly string[]): Architecture {
  const paths = new Set<string>();
  for (const [path] of written) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) paths.add(path.slice(0, end));
  }
  const folders = [...paths].sort().map((path, _, all) => {
    const parent = all.indexOf(path.slice(0, Math.max(0, path.lastIndexOf("/"))));
    return {
      name: path.replaceAll("/", "."),
      path,
      ...(parent < 0 ? {} : { parent }),
      modules: written.filter(([module]) => module.startsWith(`${path}/`)).length,
      isContext: false,
    };
  });
  const modules: Module[] = [...written]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, layer, isSure = layer !== undefined]) => ({
      name: path.replace(/\.py$/, "").replaceAll("/", "."),
      path,
      folder: folders.findIndex((folder) => folder.path === path.slice(0, path.lastIndexOf("/"))),
      ...(layer === undefined ? {} : { layer, confidence: isSure ? 100 : 40 }),
      isSure,
      isPackage: false,
    }));
  const at = (name: string) => modules.findIndex((module) => module.name === name);
  const imports: Import[] = [];
  const violations: Violation[] = [];
  lines.forEach((text, index) => {
    const [from = "", to = "", mark] = text.split(/ > | (?=!|\?)/);
    imports.push({ from: at(from), to: at(to), line: index + 1, when: mark === "?" ? "type-checking" : "load" });
    if (mark === undefined || mark === "?") return;
    violations.push({
      rule: "layer-violation",
      level: "warning",
      isAccepted: mark === "!accepted",
      fails: true,
      message: `${from} imports ${to}`,
      module: at(from),
      line: index + 1,
      imports: [index],
      modules: [at(from), at(to)],
    });
  });
  const order = ["presentation", "application", "domain", "infrastructure"];
  const lanes = [...order, null].flatMap((layer) => {
    const count = modules.filter((module) => (module.layer ?? null) === layer).length;
    return count === 0 ? [] : [{ layer, modules: count }];
  });
  const item = (path: string): Item => {
    const folder = folders.findIndex((folder) => folder.path === path);
    return folder < 0 ? { module: modules.findIndex((module) => module.path === path) } : { folder };
  };
  const outermost = folders.filter(({ path }) => path.split("/").length === 2).map(({ path }) => path);
  return {
    schema: 1,
    name: "shop",
    root: "/projects/shop",
    style: "clean",
    lanes,
    folders,
    modules,
    leftOut: { tests: 0, migrations: 0, aside: 0, emptyPackages: 0 },
    imports,
    violations,
    cycles: [],
    picture: { shown: (shown ?? outermost).map(item), rest: [], boxes: [], edges: [] },
  };
}

/** Two packages of two layers each, and one import that goes the wrong way. */
export function shop(): Architecture {
  return sample(
    [
      ["shop/orders/routes.py", "presentation"],
      ["shop/orders/service.py", "application"],
      ["shop/orders/notes.py"],
      ["shop/mail/routes.py", "presentation"],
      ["shop/mail/service.py", "application"],
      ["shop/mail/smtp/client.py", "infrastructure"],
    ],
    [
      "shop.orders.routes > shop.orders.service",
      "shop.orders.service > shop.mail.service",
      "shop.mail.routes > shop.mail.service",
      "shop.mail.service > shop.orders.routes !",
      "shop.mail.service > shop.mail.smtp.client",
      "shop.orders.notes > shop.mail.smtp.client ?",
    ],
  );
}
