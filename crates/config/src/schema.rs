//! The keys of our own configuration: their meanings, values and defaults.
//!
//! The single source of these texts: the JSON schema, completions and hovers are generated from them, and a test checks
//! them against the keys that the reader knows.

/// A key of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    /// The name in kebab-case, as written.
    pub name: &'static str,
    /// Its meaning, in sentences.
    pub summary: &'static str,
    /// The kind of value.
    pub takes: Takes,
    /// The default as TOML; `None` if it isn't a value.
    pub default: Option<&'static str>,
}

/// The value of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// `true` or `false`.
    Boolean,
    /// A non-negative integer.
    Number,
    /// Free text.
    Text,
    /// A list of folders relative to the configuration's.
    Folders,
    /// A list of paths in the syntax of `.gitignore`.
    Paths,
    /// The name of a [`crate::Style`].
    Style,
    /// The name of a [`crate::Level`].
    Level,
    /// The name of a [`ContractType`].
    ContractType,
    /// A list of preset names.
    Presets,
    /// A list of module patterns.
    Modules,
    /// A list of layers of a contract, including `a | b` and `(a)`.
    ContractLayers,
    /// A list of layers of the same contract, or `true` for all.
    LayersOrAll,
    /// A list of names of children of the contract's containers.
    Children,
    /// A list of names below a protected module.
    Names,
    /// A list of import edges: `a -> b`.
    Imports,
    /// A table by layer, with lists of patterns for modules or paths.
    Layers,
    /// A table by rule, with levels, or tables of a level and options.
    Rules,
    /// A list of tables with the keys of [`OVERRIDE`].
    Overrides,
    /// A list of contracts.
    Contracts,
    /// A list of layers of declared modules: names, or tables with the keys of [`MODULE_LAYER`].
    ModuleLayers,
    /// The name of a [`crate::TachRoot`].
    RootModule,
    /// A list of tables with the keys of [`MODULE`].
    DeclaredModules,
    /// A list of tables with the keys of [`INTERFACE`].
    Interfaces,
    /// A table with the keys of [`EXTERNAL`].
    External,
    /// A list of names of distributions or their modules.
    Distributions,
}

/// A type of contract.
#[derive(Debug, PartialEq, Eq)]
pub struct ContractType {
    /// The name, as written after `type`.
    pub name: &'static str,
    /// What it requires, in one sentence.
    pub summary: &'static str,
    /// Its keys in addition to those of every contract, [`CONTRACT`].
    pub keys: &'static [Key],
    /// Its required keys.
    pub required: &'static [&'static str],
}

impl ContractType {
    /// The type called `name`.
    pub fn by_name(name: &str) -> Option<&'static ContractType> {
        CONTRACT_TYPES.iter().find(|kind| kind.name == name)
    }
}

/// The top-level keys of the configuration.
pub const CONFIGURATION: &[Key] = &[
    key("source-roots", Takes::Folders, "Folders that imports start from. Detected when left out."),
    key("exclude", Takes::Paths, "Paths to leave out, in the syntax of `.gitignore`."),
    key(
        "style",
        Takes::Style,
        "The architecture's style, which sets the direction of imports. Inferred when left out.",
    ),
    key(
        "layers",
        Takes::Layers,
        "The modules of each layer; the first match counts. Other modules are inferred.",
    ),
    key(
        "contexts",
        Takes::Modules,
        "Packages that are bounded contexts, as patterns: `shop.*`. Inferred when left out.",
    ),
    Key {
        name: "fail-on",
        summary: "`check` fails on findings at this level or above; `off`: never.",
        takes: Takes::Level,
        default: Some("\"warning\""),
    },
    switch("require-reasons", "Report ignore comments without a reason.", "false"),
    switch("report-unused-ignores", "Report ignore comments that ignore nothing.", "true"),
    key(
        "presets",
        Takes::Presets,
        "Named sets of levels and options; later ones win, and `rules` wins over all of them.",
    ),
    key("rules", Takes::Rules, "Levels and options by rule."),
    key("overrides", Takes::Overrides, "Levels and options for some paths."),
    key("contracts", Takes::Contracts, "Contracts about imports, which are checked."),
];

/// The keys of an override.
pub const OVERRIDE: &[Key] = &[
    key("paths", Takes::Paths, "Paths in the syntax of `.gitignore`."),
    key("rules", Takes::Rules, "Levels and options by rule."),
];

/// The contents of a layer's list in the table `layers`.
pub const LAYER_PATTERNS: &str = "Modules (`shop.*.domain`) or paths (`src/shop/domain/`).";

/// The meaning of a rule's level.
pub const RULE_LEVEL: &str = "The level of its findings.";

/// The keys of every contract.
pub const CONTRACT: &[Key] = &[
    key("name", Takes::Text, "The name in messages; it must be unique."),
    key("type", Takes::ContractType, "The type of the contract."),
    key("ignore-imports", Takes::Imports, "Imports to ignore: `shop.a -> shop.b`."),
    switch("exclude-type-checking-imports", "Ignore imports under `TYPE_CHECKING`.", "false"),
    key("level", Takes::Level, "The level of its findings. An error unless set."),
    key("guidance", Takes::Text, "Advice shown where it is broken."),
];

/// The types of contracts.
pub const CONTRACT_TYPES: &[ContractType] = &[
    ContractType {
        name: "layers",
        summary: "A higher layer may import a lower one, never the other way round.",
        keys: &[
            key(
                "layers",
                Takes::ContractLayers,
                "Highest first. `a | b` are independent, `a : b` are not, `(a)` may be missing.",
            ),
            key("containers", Takes::Modules, "Packages that each contain these layers."),
            switch("exhaustive", "Every child of a container must be a layer.", "false"),
            key("exhaustive-ignores", Takes::Children, "Children that need not be layers."),
            key(
                "closed",
                Takes::LayersOrAll,
                "Layers that may not be skipped: their names, or `true` for all.",
            ),
            DIRECT,
        ],
        required: &["layers"],
    },
    ContractType {
        name: "forbidden",
        summary: "Some modules must not import others, first-party or third-party.",
        keys: &[
            key("source-modules", Takes::Modules, "The modules that must not import the forbidden ones."),
            key("forbidden-modules", Takes::Modules, "The modules that must not be imported."),
            DIRECT,
            AS_PACKAGES,
        ],
        required: &["source-modules", "forbidden-modules"],
    },
    ContractType {
        name: "independence",
        summary: "Modules must not import each other, directly or through others.",
        keys: &[key("modules", Takes::Modules, "The modules.")],
        required: &["modules"],
    },
    ContractType {
        name: "protected",
        summary: "Only some modules may import the protected ones directly.",
        keys: &[
            key("protected-modules", Takes::Modules, "The protected modules."),
            key("allowed-importers", Takes::Modules, "The modules that may import them."),
            AS_PACKAGES,
            key("exposed", Takes::Names, "Names below them that any module may import: `api.*`."),
        ],
        required: &["protected-modules"],
    },
    ContractType {
        name: "acyclic",
        summary: "The children of some packages must not form cycles.",
        keys: &[
            key("ancestors", Takes::Modules, "The packages."),
            Key {
                name: "depth",
                summary: "How many levels below the children are checked too.",
                takes: Takes::Number,
                default: Some("10"),
            },
            key("skip-descendants", Takes::Modules, "Packages whose children are left out."),
        ],
        required: &["ancestors"],
    },
    ContractType {
        name: "modules",
        summary: "Each module declares what it may depend on, what it exposes, and which layer it is in, as in tach.",
        keys: &[
            key("modules", Takes::DeclaredModules, "The modules."),
            key("layers", Takes::ModuleLayers, "Layers of modules, highest first."),
            switch(
                "layers-explicit-depends-on",
                "Imports from a higher layer to a lower one must be declared too.",
                "false",
            ),
            key(
                "interfaces",
                Takes::Interfaces,
                "What modules expose, and to which modules. Without any, everything is exposed.",
            ),
            Key {
                name: "root-module",
                summary: "How code outside declared modules is treated.",
                takes: Takes::RootModule,
                default: Some("\"ignore\""),
            },
            switch(
                "forbid-circular-dependencies",
                "The declared dependencies must not form cycles.",
                "false",
            ),
            switch(
                "include-string-imports",
                "Treat a dotted string that names a module as an import.",
                "false",
            ),
            Key {
                name: "local-imports",
                summary: "The level of findings on imports inside functions and blocks; `off`: they are not checked.",
                takes: Takes::Level,
                default: Some("\"error\""),
            },
            key("external", Takes::External, "Distributions that are left out or renamed."),
        ],
        required: &["modules"],
    },
];

/// The keys of a layer of declared modules in table form.
pub const MODULE_LAYER: &[Key] = &[
    key("name", Takes::Text, "Its name."),
    switch("closed", "Higher layers must not import past it.", "false"),
];

/// The keys of a declared module.
pub const MODULE: &[Key] = &[
    key(
        "path",
        Takes::Text,
        "The module or package, or a glob: `shop.**`; `<root>` for code outside all modules.",
    ),
    key("paths", Takes::Modules, "Several modules with the same declaration."),
    key("depends-on", Takes::Modules, "What it may import. Everything when left out."),
    key("cannot-depend-on", Takes::Modules, "What it must not import."),
    key("depends-on-external", Takes::Distributions, "The libraries that it may import. All when left out."),
    key("cannot-depend-on-external", Takes::Distributions, "The libraries that it must not import."),
    key("layer", Takes::Text, "Its layer, one of the contract's."),
    key("visibility", Takes::Modules, "The modules that may depend on it. All when left out."),
    switch("utility", "Any module may import it without declaring it.", "false"),
    switch("unchecked", "Its own imports are not checked.", "false"),
];

/// The keys of an interface of declared modules.
pub const INTERFACE: &[Key] = &[
    key("expose", Takes::Names, "Names below the module that others may import, as regular expressions."),
    key(
        "from",
        Takes::Names,
        "The modules whose interface it is: regular expressions over paths. All when left out.",
    ),
    key("visibility", Takes::Modules, "The modules that may use it. All when left out."),
    switch("exclusive", "It is the only interface for the modules that may use it.", "false"),
];

/// The keys of the table `external` of declared modules.
pub const EXTERNAL: &[Key] = &[
    key("exclude", Takes::Distributions, "Distributions whose imports are not checked."),
    key(
        "rename",
        Takes::Distributions,
        "Distributions whose names differ from their modules': `module:name`.",
    ),
];

const DIRECT: Key = switch("allow-indirect-imports", "Only direct imports count.", "false");
const AS_PACKAGES: Key = switch("as-packages", "Whether the modules include all modules below them.", "true");

const fn key(name: &'static str, takes: Takes, summary: &'static str) -> Key {
    Key { name, summary, takes, default: None }
}

const fn switch(name: &'static str, summary: &'static str, default: &'static str) -> Key {
    Key { name, summary, takes: Takes::Boolean, default: Some(default) }
}

impl Takes {
    /// Whether the value is a list.
    pub fn is_list(self) -> bool {
        match self {
            Takes::Folders
            | Takes::Paths
            | Takes::Presets
            | Takes::Modules
            | Takes::ContractLayers
            | Takes::LayersOrAll
            | Takes::Children
            | Takes::Names
            | Takes::Imports
            | Takes::Distributions => true,
            Takes::Boolean
            | Takes::Number
            | Takes::Text
            | Takes::Style
            | Takes::Level
            | Takes::ContractType
            | Takes::Layers
            | Takes::Rules
            | Takes::Overrides
            | Takes::Contracts
            | Takes::ModuleLayers
            | Takes::RootModule
            | Takes::DeclaredModules
            | Takes::Interfaces
            | Takes::External => false,
        }
    }

    /// A description of the value, to follow "takes".
    pub fn words(self) -> &'static str {
        match self {
            Takes::Boolean => "`true` or `false`",
            Takes::Number => "a whole number",
            Takes::Text => "a string",
            Takes::Folders => "a list of folders",
            Takes::Paths => "a list of paths",
            Takes::Style => "a style",
            Takes::Level => "a level",
            Takes::ContractType => "a type of contract",
            Takes::Presets => "a list of presets",
            Takes::Modules => "a list of patterns over modules",
            Takes::ContractLayers | Takes::ModuleLayers => "a list of layers",
            Takes::LayersOrAll => "a list of layers, or `true`",
            Takes::Children | Takes::Names => "a list of names",
            Takes::Imports => "a list of imports",
            Takes::Layers => "a table: patterns by layer",
            Takes::Rules => "a table: levels by rule",
            Takes::Overrides | Takes::Contracts | Takes::DeclaredModules | Takes::Interfaces => {
                "a list of tables"
            }
            Takes::RootModule => "a word",
            Takes::External => "a table",
            Takes::Distributions => "a list of libraries",
        }
    }
}
