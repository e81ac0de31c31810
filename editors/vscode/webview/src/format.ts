// Numbers in words.

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

const WHEN: Readonly<Record<string, string>> = {
  call: "in a function",
  "type-checking": "for type checkers",
  dynamic: "import_module",
};

/** When an import takes effect, if not at the top level. */
export function when(time: string): string | undefined {
  return WHEN[time];
}

/** Cuts a label so that it fits a box. */
export function fitting(label: string, most: number): string {
  if (label.length <= most) return label;
  const end = label.slice(label.lastIndexOf(".") + 1);
  // The end of a dotted name is more informative than its beginning.
  return end.length < most ? `…${label.slice(label.length - most + 1)}` : `${end.slice(0, most - 1)}…`;
}
