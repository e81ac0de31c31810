// Commands of the extension that the server may use in lenses, actions, hovers and links.

import type { ClientCapabilities, FeatureState, StaticFeature } from "vscode-languageclient/node";

import { MOVE_SYMBOL } from "./moveSymbol";
import { SHOW_PICTURE } from "./pictures";
import { SHOW_PLACES } from "./places";
import { EXPLAIN_RULE } from "./rulePages";

const COMMANDS: readonly string[] = [EXPLAIN_RULE, MOVE_SYMBOL, SHOW_PICTURE, SHOW_PLACES];

/** Commands that a link in a hover may run: none of them changes anything. */
export const TRUSTED: readonly string[] = [EXPLAIN_RULE, SHOW_PLACES];

/** Announces to the server, before its first answer, which commands exist, and that we draw the architecture. */
export const announcement: StaticFeature = {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    const experimental: unknown = capabilities.experimental;
    const known = typeof experimental === "object" && experimental !== null ? experimental : {};
    capabilities.experimental = { ...known, commands: { commands: COMMANDS }, architecture: true };
  },
  initialize(): void {},
  getState(): FeatureState {
    return { kind: "static" };
  },
  clear(): void {},
};
