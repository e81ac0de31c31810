// The page's input: the result of the server's command `architrave.architecture`, or the data embedded in the page.
// The server documents each field (crates/ide/src/architecture.rs); indices refer to the lists next to them.

export const SCHEMA = 1;

export interface Architecture {
  readonly schema: number;
  readonly name: string;
  /** Empty in an exported page: then nothing can be opened. */
  readonly root: string;
  readonly style: string;
  readonly lanes: readonly Lane[];
  readonly folders: readonly Folder[];
  readonly modules: readonly Module[];
  readonly leftOut: LeftOut;
  readonly imports: readonly Import[];
  readonly violations: readonly Violation[];
  readonly cycles: readonly Cycle[];
  readonly picture: Picture;
}

export interface Lane {
  readonly layer: string | null;
  readonly modules: number;
}

export interface Folder {
  readonly name: string;
  readonly path: string;
  readonly parent?: number;
  readonly modules: number;
  readonly isContext: boolean;
}

export interface Module {
  readonly name: string;
  readonly path: string;
  readonly folder: number;
  readonly layer?: string;
  readonly confidence?: number;
  readonly isSure: boolean;
  readonly reason?: string;
  readonly context?: string;
  readonly isPackage: boolean;
}

export interface LeftOut {
  readonly tests: number;
  readonly migrations: number;
  readonly aside: number;
  readonly emptyPackages: number;
}

export type ImportTime = "load" | "call" | "type-checking" | "dynamic";

export interface Import {
  readonly from: number;
  readonly to: number;
  /** One-based. */
  readonly line: number;
  readonly when: ImportTime;
  readonly names?: readonly string[];
}

export interface Violation {
  readonly rule: string;
  readonly level: string;
  readonly isAccepted: boolean;
  /** Whether it is of a level that fails a check. */
  readonly fails: boolean;
  readonly message: string;
  readonly module: number;
  /** One-based. */
  readonly line: number;
  readonly imports: readonly number[];
  readonly modules: readonly number[];
}

export interface Cycle {
  readonly modules: readonly number[];
  readonly shortest: readonly number[];
  readonly atImportTime: boolean;
  readonly cuts: readonly (readonly [number, number])[];
}

/** A folder or a module, by index. */
export type Item = { readonly folder: number } | { readonly module: number };

export interface Picture {
  readonly shown: readonly Item[];
  readonly rest: readonly Item[];
  readonly folded?: string;
  readonly boxes: readonly PictureBox[];
  readonly edges: readonly PictureEdge[];
}

export interface PictureBox {
  readonly item?: Item;
  readonly lane: number;
  readonly modules: readonly number[];
}

export interface PictureEdge {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
  readonly violations: readonly number[];
}

/** The rule about cycles: its findings are drawn as cycles, those of other rules as wrong directions. */
export const CYCLE_RULE = "circular-import";

export function isFolder(item: Item): item is { readonly folder: number } {
  return "folder" in item;
}

/** Whether a violation fails a check: loud enough, and not accepted by the baseline. */
export function isOpen({ isAccepted, fails }: Violation): boolean {
  return fails && !isAccepted;
}
