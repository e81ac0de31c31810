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
    key(
        "source-roots",
        Takes::Folders,
        "Folders that imports start from. Found by themselves when left out.",
    ),
    key("exclude", Takes::Paths, "Paths that are left out, in the syntax of `.gitignore`."),
    key("style", Takes::Style, "Which way is inward. Inferred when left out."),
    key(
        "layers",
        Takes::Layers,
        "Which modules belong to which layer; the first that matches counts. The rest is inferred.",
    ),
    key(
        "contexts",
        Takes::Modules,
        "Packages that are bounded contexts, as patterns: `shop.*`. Inferred when left out.",
    ),
    Key {
        name: "fail-on",
        summary: "`check` fails from this level on; `off`: never.",
        takes: Takes::Level,
        default: Some("\"warning\""),
    },
    switch("require-reasons", "An ignore comment without a reason is reported.", "false"),
    switch("report-unused-ignores", "An ignore comment that ignores nothing is reported.", "true"),
    key(
        "presets",
        Takes::Presets,
        "Named sets of levels and options, the strongest last. What `rules` says wins over them.",
    ),
    key("rules", Takes::Rules, "Levels and options by rule."),
    key("overrides", Takes::Overrides, "Levels and options for some paths."),
    key("contracts", Takes::Contracts, "Promises about imports that are checked."),
];

/// The keys of an override.
pub const OVERRIDE: &[Key] = &[
    key("paths", Takes::Paths, "In the syntax of `.gitignore`."),
    key("rules", Takes::Rules, "Levels and options by rule."),
];

/// The contents of a layer's list in the table `layers`.
pub const LAYER_PATTERNS: &str = "Modules (`shop.*.domain`) or paths (`src/shop/domain/`).";

/// The meaning of a rule's level.
pub const RULE_LEVEL: &str = "How loudly it is told.";

/// The keys of every contract.
pub const CONTRACT: &[Key] = &[
    key("name", Takes::Text, "For messages; no two are alike."),
    key("type", Takes::ContractType, "What is promised."),
    key("ignore-imports", Takes::Imports, "Imports that don't count: `shop.a -> shop.b`."),
    switch("exclude-type-checking-imports", "Imports under `TYPE_CHECKING` don't count.", "false"),
    key("level", Takes::Level, "How loudly it is told. An error unless set."),
    key("guidance", Takes::Text, "Words shown where it is broken."),
];

/// The types of contracts.
pub const CONTRACT_TYPES: &[ContractType] = &[
    ContractType {
        name: "layers",
        summary: "A higher layer may import a lower one, never the other way.",
        keys: &[
            key(
                "layers",
                Takes::ContractLayers,
                "Highest first. `a | b` are independent, `a : b` are not, `(a)` may be missing.",
            ),
            key("containers", Takes::Modules, "Packages that each hold these layers."),
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
        summary: "Some modules must not import others, of the project or third parties.",
        keys: &[
            key("source-modules", Takes::Modules, "Who must not import."),
            key("forbidden-modules", Takes::Modules, "What must not be imported."),
            DIRECT,
            AS_PACKAGES,
        ],
        required: &["source-modules", "forbidden-modules"],
    },
    ContractType {
        name: "independence",
        summary: "Modules must not import each other, also not through others.",
        keys: &[key("modules", Takes::Modules, "The modules.")],
        required: &["modules"],
    },
    ContractType {
        name: "protected",
        summary: "Only some may import a module directly.",
        keys: &[
            key("protected-modules", Takes::Modules, "What is protected."),
            key("allowed-importers", Takes::Modules, "Who may import it."),
            AS_PACKAGES,
            key("exposed", Takes::Names, "Names below it that everyone may import: `api.*`."),
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
                summary: "How many generations below the children are looked at too.",
                takes: Takes::Number,
                default: Some("10"),
            },
            key("skip-descendants", Takes::Modules, "Packages whose children are left out."),
        ],
        required: &["ancestors"],
    },
    ContractType {
        name: "modules",
        summary: "Each module says what it may depend on, what it shows, and in which layer it is, as in tach.",
        keys: &[
            key("modules", Takes::DeclaredModules, "The modules."),
            key("layers", Takes::ModuleLayers, "Layers of modules, highest first."),
            switch(
                "layers-explicit-depends-on",
                "Imports from a higher layer to a lower one have to be declared too.",
                "false",
            ),
            key("interfaces", Takes::Interfaces, "What modules show, and to whom. Without any, everything."),
            Key {
                name: "root-module",
                summary: "How code outside of declared modules is treated.",
                takes: Takes::RootModule,
                default: Some("\"ignore\""),
            },
            switch("forbid-circular-dependencies", "Modules must not depend on themselves.", "false"),
            switch("include-string-imports", "A dotted string that names a module is an import.", "false"),
            Key {
                name: "local-imports",
                summary: "How loudly imports inside of functions and blocks are told; `off`: not at all.",
                takes: Takes::Level,
                default: Some("\"error\""),
            },
            key("external", Takes::External, "Distributions that are left out or called otherwise."),
        ],
        required: &["modules"],
    },
];

/// The keys of a layer of declared modules in table form.
pub const MODULE_LAYER: &[Key] = &[
    key("name", Takes::Text, "Its name."),
    switch("closed", "Higher layers may not reach past it.", "false"),
];

/// The keys of a declared module.
pub const MODULE: &[Key] = &[
    key(
        "path",
        Takes::Text,
        "The module or package, or a glob: `shop.**`; `<root>` for code outside of all.",
    ),
    key("paths", Takes::Modules, "Several modules that are declared alike."),
    key("depends-on", Takes::Modules, "What it may import. Everything when left out."),
    key("cannot-depend-on", Takes::Modules, "What it must not import."),
    key("depends-on-external", Takes::Distributions, "The libraries that it may import. All when left out."),
    key("cannot-depend-on-external", Takes::Distributions, "The libraries that it must not import."),
    key("layer", Takes::Text, "Its layer, one of the contract's."),
    key("visibility", Takes::Modules, "The modules that may depend on it. All when left out."),
    switch("utility", "Everybody may import it without saying so.", "false"),
    switch("unchecked", "Its own imports are not looked at.", "false"),
];

/// The keys of an interface of declared modules.
pub const INTERFACE: &[Key] = &[
    key("expose", Takes::Names, "Names below the module that others may import, as regular expressions."),
    key("from", Takes::Names, "Whose interface it is: regular expressions over paths. All when left out."),
    key("visibility", Takes::Modules, "The modules that see it. All when left out."),
    switch("exclusive", "It is the only interface for those who see it.", "false"),
];

/// The keys of the table `external` of declared modules.
pub const EXTERNAL: &[Key] = &[
    key("exclude", Takes::Distributions, "Distributions whose imports are not looked at."),
    key("rename", Takes::Distributions, "Distributions called otherwise than their modules: `module:name`."),
];

const DIRECT: Key = switch("allow-indirect-imports", "Only direct imports count.", "false");
const AS_PACKAGES: Key = switch("as-packages", "Whether the modules count with all below them.", "true");

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
