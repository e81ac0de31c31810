// The documents that the server reads.

/** Python and configuration files: a selector for the editor and the client library alike. */
export const DOCUMENTS = [
  { scheme: "file", language: "python" },
  { scheme: "file", pattern: "**/{architrave,pyproject,tach}.toml" },
  { scheme: "file", pattern: "**/{.importlinter,setup.cfg}" },
];
