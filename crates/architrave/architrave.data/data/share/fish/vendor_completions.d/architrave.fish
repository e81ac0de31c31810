# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_architrave_global_optspecs
    string join \n no-cache h/help V/version
end

function __fish_architrave_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_architrave_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_architrave_using_subcommand
    set -l cmd (__fish_architrave_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c architrave -n "__fish_architrave_needs_command" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_needs_command" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_needs_command" -s V -l version -d 'Print version'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "check" -d 'Report findings. Exit code 0: clean, 1: findings, 2: error'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "baseline" -d 'Accept the current findings, so that `check` fails only on new ones'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "layers" -d 'Show the layer of each module, with the evidence'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "routes" -d 'Show each endpoint with its handler, response model, authentication and query count'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "deps" -d 'Show import cycles with a plan to break them, package coupling, and paths between modules'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "modernize" -d 'Plan a migration to an architecture without cycles and forbidden imports, in steps with the state after each'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "diagram" -d 'Draw the architecture, or keep the diagrams in documents in sync with the code'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "review" -d 'Write an architecture review of the project, with the places that support each statement'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "refactor" -d 'Apply one of the editor\'s refactorings. Exit code 2: it can\'t be applied here'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "design" -d 'Write a new slice (router, schemas, service, repository, model, wiring, tests) after the nearest one of the project'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "adr" -d 'Record a decision, or manage the records and check them against each other and the code'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "init" -d 'Write a configuration that says what was inferred, or (`--agent`) the files by which coding agents use Architrave'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "context" -d 'Show what to know before editing a file or symbol'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "tool" -d 'Call one of the tools for coding agents, with its arguments as JSON. Exit code 1: `check` reported findings'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "mcp" -d 'Serve the tools for coding agents over the Model Context Protocol on stdio'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "hook" -d 'Check the file that a coding agent has edited: for its hook, whose event comes on stdin. Exit code 2: it broke something'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "server" -d 'Run the language server over stdio'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "cache" -d 'Show where the cache is, or remove it'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "completions" -d 'Print a shell completion script'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "man" -d 'Print the manual page of the program or of one of its commands, in roff'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "explain" -d 'Explain a rule'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "rules" -d 'List all rules with their levels in each preset'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c architrave -n "__fish_architrave_using_subcommand check" -l output-format -d 'Output format' -r -f -a "full\t'Each finding with its source lines and reasons'
concise\t'One line for each finding'
json\t'One JSON object; see the README for its shape'
github\t'Workflow commands, which GitHub Actions shows as annotations'
gitlab\t'A GitLab Code Quality report'
sarif\t'SARIF 2.1.0, for code scanning'
junit\t'`JUnit` XML: a failure for each finding'"
complete -c architrave -n "__fish_architrave_using_subcommand check" -l level -d 'Show findings at this level or above (default: warning). JSON, SARIF and statistics include all levels' -r -f -a "hint\t'What an ideal architecture would do differently'
info\t'Facts worth knowing'
warning\t'Problems that should be fixed'
error\t'Problems that must be fixed'"
complete -c architrave -n "__fish_architrave_using_subcommand check" -l fail-on -d 'Exit with 1 on findings at this level or above (default: the configuration\'s `fail-on`, else warning)' -r -f -a "hint\t'What an ideal architecture would do differently'
info\t'Facts worth knowing'
warning\t'Problems that should be fixed'
error\t'Problems that must be fixed'"
complete -c architrave -n "__fish_architrave_using_subcommand check" -l select -d 'Run only these rules or groups of rules, even if they are off. Repeatable, or separated by commas' -r
complete -c architrave -n "__fish_architrave_using_subcommand check" -l ignore -d 'Skip these rules or groups of rules' -r
complete -c architrave -n "__fish_architrave_using_subcommand check" -l style -d 'Check against this style, whatever the configuration says' -r
complete -c architrave -n "__fish_architrave_using_subcommand check" -l affected -d 'Report only findings that changes since this git revision (or in a range `A..B`) could have caused' -r
complete -c architrave -n "__fish_architrave_using_subcommand check" -l baseline -d 'Use this baseline instead of the nearest `.architrave-baseline.json` upwards' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand check" -l fix -d 'Apply safe fixes to the files, then report what is left'
complete -c architrave -n "__fish_architrave_using_subcommand check" -l statistics -d 'Count findings by rule and level instead of listing them, as text or (with `--output-format json`) as JSON'
complete -c architrave -n "__fish_architrave_using_subcommand check" -l no-baseline -d 'Report accepted findings too'
complete -c architrave -n "__fish_architrave_using_subcommand check" -l locked -d 'Fail if entries of the baseline no longer match, instead of removing them. On by default if `CI` is set'
complete -c architrave -n "__fish_architrave_using_subcommand check" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand baseline" -l baseline -d 'Write this file instead of `.architrave-baseline.json` in the root of the project' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand baseline" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand baseline" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand layers" -l output-format -d 'Output format' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c architrave -n "__fish_architrave_using_subcommand layers" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand layers" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand routes" -l explain -d 'Show the calls and queries behind the figure of one route: `"GET /orders"`, `/orders`, or the name of its handler' -r
complete -c architrave -n "__fish_architrave_using_subcommand routes" -l sort -d 'Sort order' -r -f -a "path\t'By path'
cost\t'Most queries first; counts that grow with the data come before fixed ones'"
complete -c architrave -n "__fish_architrave_using_subcommand routes" -l only -d 'Show only these routes' -r -f -a "costly\t'Routes whose query count grows with the data'"
complete -c architrave -n "__fish_architrave_using_subcommand routes" -l output-format -d 'Output format' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c architrave -n "__fish_architrave_using_subcommand routes" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand routes" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand deps" -l output-format -l format -d 'Output format' -r -f -a "text\t'For people'
json\t'For programs'
markdown\t'For a pull request or a wiki'
dot\t'A Graphviz diagram'
mermaid\t'A Mermaid diagram'
d2\t'A D2 diagram'
svg\t'An SVG image'
html\t'A self-contained page to explore in a browser, offline'"
complete -c architrave -n "__fish_architrave_using_subcommand deps" -l from -d 'Show the shortest path from this module or package, given as a dotted name or a file path' -r
complete -c architrave -n "__fish_architrave_using_subcommand deps" -l to -d 'The module or package where the path ends' -r
complete -c architrave -n "__fish_architrave_using_subcommand deps" -l package -d 'The package whose parts are drawn or put into the matrix (default: the outermost one)' -r
complete -c architrave -n "__fish_architrave_using_subcommand deps" -l output -d 'Write to this file instead of standard output' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand deps" -l matrix -d 'Show the dependency structure matrix of a package\'s parts instead'
complete -c architrave -n "__fish_architrave_using_subcommand deps" -l editor-links -d 'In a page of HTML: make places links that open VS Code on this machine. The page then names the project\'s folder'
complete -c architrave -n "__fish_architrave_using_subcommand deps" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand deps" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand modernize" -l style -d 'The style to reach (default: the one that the code claims already)' -r
complete -c architrave -n "__fish_architrave_using_subcommand modernize" -l output-format -l format -d 'Output format' -r -f -a "text\t'For people'
json\t'For programs'
markdown\t'For a pull request or a wiki'
html\t'A self-contained page for a browser, offline'"
complete -c architrave -n "__fish_architrave_using_subcommand modernize" -l output -d 'Write to this file instead of standard output' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand modernize" -l apply -d 'Apply the step with this id; the git work tree must be clean' -r
complete -c architrave -n "__fish_architrave_using_subcommand modernize" -l dry-run -d 'With `--apply`: write no files; print the changes as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand modernize" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand modernize" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and not __fish_seen_subcommand_from component sequence data-flow er deployment help" -l check -d 'Exit with 1 if a diagram between markers in one of these Markdown files is stale' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and not __fish_seen_subcommand_from component sequence data-flow er deployment help" -l update -d 'Update the diagrams between markers in these Markdown files' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and not __fish_seen_subcommand_from component sequence data-flow er deployment help" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and not __fish_seen_subcommand_from component sequence data-flow er deployment help" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and not __fish_seen_subcommand_from component sequence data-flow er deployment help" -f -a "component" -d 'Layers, packages and bounded contexts with the imports between them; imports that break a rule are red'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and not __fish_seen_subcommand_from component sequence data-flow er deployment help" -f -a "sequence" -d 'The calls of one request in order: from the route through injected dependencies, services and adapters to the queries'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and not __fish_seen_subcommand_from component sequence data-flow er deployment help" -f -a "data-flow" -d 'Where the data of one request goes: through the layers down to the tables that it reads and writes, and to services outside'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and not __fish_seen_subcommand_from component sequence data-flow er deployment help" -f -a "er" -d 'Tables with columns, keys and relationships, read from the models without importing them'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and not __fish_seen_subcommand_from component sequence data-flow er deployment help" -f -a "deployment" -d 'What is deployed, by compose files, Kubernetes manifests, Procfile and Dockerfiles, joined with what the code talks to'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and not __fish_seen_subcommand_from component sequence data-flow er deployment help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from component" -l output-format -l format -d 'Output format' -r -f -a "mermaid\t'Mermaid, which code hosts render in Markdown'
dot\t'For Graphviz'
d2\t'For D2'
json\t'For programs'
text\t'Lines of text with places; for routes only'
svg\t'An SVG image, for browsers and documents'
html\t'A self-contained page to explore in a browser, offline; for components only'"
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from component" -l part -d 'Draw this part of a picture that is too large for one Mermaid document; the first by default. Documents get all' -r
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from component" -l check -d 'Print nothing; exit with 1 if this file differs from the diagram' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from component" -l output -d 'Write to this file instead of standard output' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from component" -l editor-links -d 'In a page of HTML: make places links that open VS Code on this machine. The page then names the project\'s folder'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from component" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from component" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from sequence" -l limit -d 'Draw at most this many messages; the least informative are left out first. 0 draws all' -r
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from sequence" -l output-format -l format -d 'Output format' -r -f -a "mermaid\t'Mermaid, which code hosts render in Markdown'
dot\t'For Graphviz'
d2\t'For D2'
json\t'For programs'
text\t'Lines of text with places; for routes only'
svg\t'An SVG image, for browsers and documents'
html\t'A self-contained page to explore in a browser, offline; for components only'"
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from sequence" -l part -d 'Draw this part of a picture that is too large for one Mermaid document; the first by default. Documents get all' -r
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from sequence" -l check -d 'Print nothing; exit with 1 if this file differs from the diagram' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from sequence" -l output -d 'Write to this file instead of standard output' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from sequence" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from sequence" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from data-flow" -l output-format -l format -d 'Output format' -r -f -a "mermaid\t'Mermaid, which code hosts render in Markdown'
dot\t'For Graphviz'
d2\t'For D2'
json\t'For programs'
text\t'Lines of text with places; for routes only'
svg\t'An SVG image, for browsers and documents'
html\t'A self-contained page to explore in a browser, offline; for components only'"
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from data-flow" -l part -d 'Draw this part of a picture that is too large for one Mermaid document; the first by default. Documents get all' -r
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from data-flow" -l check -d 'Print nothing; exit with 1 if this file differs from the diagram' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from data-flow" -l output -d 'Write to this file instead of standard output' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from data-flow" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from data-flow" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from er" -l output-format -l format -d 'Output format' -r -f -a "mermaid\t'Mermaid, which code hosts render in Markdown'
dot\t'For Graphviz'
d2\t'For D2'
json\t'For programs'
text\t'Lines of text with places; for routes only'
svg\t'An SVG image, for browsers and documents'
html\t'A self-contained page to explore in a browser, offline; for components only'"
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from er" -l part -d 'Draw this part of a picture that is too large for one Mermaid document; the first by default. Documents get all' -r
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from er" -l check -d 'Print nothing; exit with 1 if this file differs from the diagram' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from er" -l output -d 'Write to this file instead of standard output' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from er" -l context -d 'Draw this bounded context and its neighbouring tables' -r
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from er" -l around -d 'Draw the neighbourhood of this class or table' -r
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from er" -l hops -d 'How many hops the neighbourhood reaches' -r
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from er" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from er" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from deployment" -l output-format -l format -d 'Output format' -r -f -a "mermaid\t'Mermaid, which code hosts render in Markdown'
dot\t'For Graphviz'
d2\t'For D2'
json\t'For programs'
text\t'Lines of text with places; for routes only'
svg\t'An SVG image, for browsers and documents'
html\t'A self-contained page to explore in a browser, offline; for components only'"
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from deployment" -l part -d 'Draw this part of a picture that is too large for one Mermaid document; the first by default. Documents get all' -r
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from deployment" -l check -d 'Print nothing; exit with 1 if this file differs from the diagram' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from deployment" -l output -d 'Write to this file instead of standard output' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from deployment" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from deployment" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from help" -f -a "component" -d 'Layers, packages and bounded contexts with the imports between them; imports that break a rule are red'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from help" -f -a "sequence" -d 'The calls of one request in order: from the route through injected dependencies, services and adapters to the queries'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from help" -f -a "data-flow" -d 'Where the data of one request goes: through the layers down to the tables that it reads and writes, and to services outside'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from help" -f -a "er" -d 'Tables with columns, keys and relationships, read from the models without importing them'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from help" -f -a "deployment" -d 'What is deployed, by compose files, Kubernetes manifests, Procfile and Dockerfiles, joined with what the code talks to'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c architrave -n "__fish_architrave_using_subcommand review" -l output-format -l format -d 'Output format' -r -f -a "markdown\t'For a pull request or a wiki'
html\t'A self-contained page for a browser, offline'
json\t'For programs, and for comparison with a later review'"
complete -c architrave -n "__fish_architrave_using_subcommand review" -l since -d 'Write only what has changed since a revision of git, or since an older review that was written as JSON' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand review" -l output -d 'Write into this file instead of to standard output' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand review" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand review" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and not __fish_seen_subcommand_from extract-protocol depend-on-port implement-members move help" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and not __fish_seen_subcommand_from extract-protocol depend-on-port implement-members move help" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and not __fish_seen_subcommand_from extract-protocol depend-on-port implement-members move help" -f -a "extract-protocol" -d 'Write a Protocol for a class, and make its dependents depend on the Protocol'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and not __fish_seen_subcommand_from extract-protocol depend-on-port implement-members move help" -f -a "depend-on-port" -d 'Depend on a port of a class wherever code depends on the class'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and not __fish_seen_subcommand_from extract-protocol depend-on-port implement-members move help" -f -a "implement-members" -d 'Write the members of an inherited port that a class lacks'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and not __fish_seen_subcommand_from extract-protocol depend-on-port implement-members move help" -f -a "move" -d 'Move a class, function or constant to another module, or a file or folder to another path; all imports are updated'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and not __fish_seen_subcommand_from extract-protocol depend-on-port implement-members move help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from extract-protocol" -l members -d 'Which members the Protocol requires' -r -f -a "used\t'Those that the dependents of the class use'
all\t'All public ones'"
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from extract-protocol" -l runtime-checkable -d 'Decorate it with `@runtime_checkable`'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from extract-protocol" -l dry-run -d 'Write no files; print the changes as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from extract-protocol" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from extract-protocol" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from depend-on-port" -l dry-run -d 'Write no files; print the changes as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from depend-on-port" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from depend-on-port" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from implement-members" -l dry-run -d 'Write no files; print the changes as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from implement-members" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from implement-members" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from move" -l with-helpers -d 'Also move private names that only it uses; otherwise they stay and are imported'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from move" -l dry-run -d 'Write no files; print the changes as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from move" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from move" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from help" -f -a "extract-protocol" -d 'Write a Protocol for a class, and make its dependents depend on the Protocol'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from help" -f -a "depend-on-port" -d 'Depend on a port of a class wherever code depends on the class'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from help" -f -a "implement-members" -d 'Write the members of an inherited port that a class lacks'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from help" -f -a "move" -d 'Move a class, function or constant to another module, or a file or folder to another path; all imports are updated'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c architrave -n "__fish_architrave_using_subcommand design" -l like -d 'The subject to imitate (default: the most complete and simplest one)' -r
complete -c architrave -n "__fish_architrave_using_subcommand design" -l style -d 'Imitate a subject that is built in this style: `layered`, `clean`, `hexagonal` or `modules`' -r
complete -c architrave -n "__fish_architrave_using_subcommand design" -l slices -d 'Write only these parts: layers, or words in file paths, separated by commas' -r
complete -c architrave -n "__fish_architrave_using_subcommand design" -l output-format -d 'Output format of the plan' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c architrave -n "__fish_architrave_using_subcommand design" -l without-tests -d 'Leave out the tests'
complete -c architrave -n "__fish_architrave_using_subcommand design" -l dry-run -d 'Write no files; print the changes as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand design" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand design" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -l from-finding -d 'Fill in the record from this finding, given by its fingerprint or the start of it' -r
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -l from-diff -d 'Fill in the record from the changes since this git revision (or in a range `A..B`)' -r
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -l supersedes -d 'The record that the new one supersedes; it gets a link to the new one' -r
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -l date -d 'The record\'s date (default: today)' -r
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -l project -d 'A folder of the project' -r -f -a "(__fish_complete_directories)"
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -l dry-run -d 'Write no files; print the changes as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -a "list" -d 'List the records, or (`--check`) report their problems with exit code 1'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -a "propose" -d 'Propose a draft for decision'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -a "accept" -d 'Accept a proposed decision'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -a "reject" -d 'Reject a proposed decision; its record stays'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -a "deprecate" -d 'Mark an accepted decision as no longer valid'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -a "supersede" -d 'Supersede an accepted record with another one, with links both ways'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -a "renumber" -d 'Give the newer of two records with the same number the next free one; links and mentions are updated'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -a "index" -d 'Print the list of records, or write it between `<!-- adrlog -->` and `<!-- adrlogstop -->` in their folder'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from list" -l project -d 'A folder of the project' -r -f -a "(__fish_complete_directories)"
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from list" -l output-format -d 'Output format' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from list" -l check -d 'Report numbers taken twice, one-sided and broken links, unknown statuses; ignore comments, contracts and baselines that name a record that isn\'t there or no longer holds; records that name a rule or contract that isn\'t there'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from list" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from propose" -l project -d 'A folder of the project' -r -f -a "(__fish_complete_directories)"
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from propose" -l dry-run -d 'Write no files; print the changes as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from propose" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from propose" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from accept" -l project -d 'A folder of the project' -r -f -a "(__fish_complete_directories)"
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from accept" -l dry-run -d 'Write no files; print the changes as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from accept" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from accept" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from reject" -l project -d 'A folder of the project' -r -f -a "(__fish_complete_directories)"
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from reject" -l dry-run -d 'Write no files; print the changes as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from reject" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from reject" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from deprecate" -l project -d 'A folder of the project' -r -f -a "(__fish_complete_directories)"
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from deprecate" -l dry-run -d 'Write no files; print the changes as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from deprecate" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from deprecate" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from supersede" -l by -d 'An existing record that supersedes it' -r
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from supersede" -l project -d 'A folder of the project' -r -f -a "(__fish_complete_directories)"
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from supersede" -l dry-run -d 'Write no files; print the changes as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from supersede" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from supersede" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from renumber" -l project -d 'A folder of the project' -r -f -a "(__fish_complete_directories)"
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from renumber" -l dry-run -d 'Write no files; print the changes as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from renumber" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from renumber" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from index" -l project -d 'A folder of the project' -r -f -a "(__fish_complete_directories)"
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from index" -l check -d 'Write nothing; exit with 1 if a list between markers is stale'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from index" -l dry-run -d 'Write no files; print the changes as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from index" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from index" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the records, or (`--check`) report their problems with exit code 1'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from help" -f -a "propose" -d 'Propose a draft for decision'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from help" -f -a "accept" -d 'Accept a proposed decision'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from help" -f -a "reject" -d 'Reject a proposed decision; its record stays'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from help" -f -a "deprecate" -d 'Mark an accepted decision as no longer valid'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from help" -f -a "supersede" -d 'Supersede an accepted record with another one, with links both ways'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from help" -f -a "renumber" -d 'Give the newer of two records with the same number the next free one; links and mentions are updated'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from help" -f -a "index" -d 'Print the list of records, or write it between `<!-- adrlog -->` and `<!-- adrlogstop -->` in their folder'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c architrave -n "__fish_architrave_using_subcommand init" -l agent -d 'Write what makes coding agents use Architrave: the protocol\'s server, a hook after each edit, and rules in words'
complete -c architrave -n "__fish_architrave_using_subcommand init" -l dry-run -d 'Write no files; print the changes as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand init" -l yes -d 'Write without asking'
complete -c architrave -n "__fish_architrave_using_subcommand init" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand init" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand context" -l budget -d 'Approximate limit of the answer in tokens; the least important parts are left out first, and counted' -r
complete -c architrave -n "__fish_architrave_using_subcommand context" -l output-format -d 'Output format' -r -f -a "markdown\t'For people and prompts'
json\t'For programs'"
complete -c architrave -n "__fish_architrave_using_subcommand context" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand context" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand tool" -l project -d 'A folder of the project' -r -f -a "(__fish_complete_directories)"
complete -c architrave -n "__fish_architrave_using_subcommand tool" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand tool" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand mcp" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand mcp" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand hook" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand hook" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand server" -l stdio -d 'Accepted because many clients pass it; stdio is the only transport'
complete -c architrave -n "__fish_architrave_using_subcommand server" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand server" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and not __fish_seen_subcommand_from clean path help" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and not __fish_seen_subcommand_from clean path help" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and not __fish_seen_subcommand_from clean path help" -f -a "clean" -d 'Remove the cache of all projects'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and not __fish_seen_subcommand_from clean path help" -f -a "path" -d 'Print the folder of the cache'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and not __fish_seen_subcommand_from clean path help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and __fish_seen_subcommand_from clean" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and __fish_seen_subcommand_from clean" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and __fish_seen_subcommand_from path" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and __fish_seen_subcommand_from help" -f -a "clean" -d 'Remove the cache of all projects'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and __fish_seen_subcommand_from help" -f -a "path" -d 'Print the folder of the cache'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c architrave -n "__fish_architrave_using_subcommand completions" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand completions" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand man" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand man" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand explain" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand explain" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand rules" -l output-format -d 'Output format' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c architrave -n "__fish_architrave_using_subcommand rules" -l preset -d 'Show the levels that this preset sets' -r -f -a "recommended\t''
strict\t''
layered\t''
clean\t''
hexagonal\t''
fastapi\t''
django\t''"
complete -c architrave -n "__fish_architrave_using_subcommand rules" -l no-cache -d 'Neither read nor write the cache'
complete -c architrave -n "__fish_architrave_using_subcommand rules" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "check" -d 'Report findings. Exit code 0: clean, 1: findings, 2: error'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "baseline" -d 'Accept the current findings, so that `check` fails only on new ones'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "layers" -d 'Show the layer of each module, with the evidence'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "routes" -d 'Show each endpoint with its handler, response model, authentication and query count'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "deps" -d 'Show import cycles with a plan to break them, package coupling, and paths between modules'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "modernize" -d 'Plan a migration to an architecture without cycles and forbidden imports, in steps with the state after each'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "diagram" -d 'Draw the architecture, or keep the diagrams in documents in sync with the code'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "review" -d 'Write an architecture review of the project, with the places that support each statement'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "refactor" -d 'Apply one of the editor\'s refactorings. Exit code 2: it can\'t be applied here'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "design" -d 'Write a new slice (router, schemas, service, repository, model, wiring, tests) after the nearest one of the project'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "adr" -d 'Record a decision, or manage the records and check them against each other and the code'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "init" -d 'Write a configuration that says what was inferred, or (`--agent`) the files by which coding agents use Architrave'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "context" -d 'Show what to know before editing a file or symbol'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "tool" -d 'Call one of the tools for coding agents, with its arguments as JSON. Exit code 1: `check` reported findings'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "mcp" -d 'Serve the tools for coding agents over the Model Context Protocol on stdio'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "hook" -d 'Check the file that a coding agent has edited: for its hook, whose event comes on stdin. Exit code 2: it broke something'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "server" -d 'Run the language server over stdio'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "cache" -d 'Show where the cache is, or remove it'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "completions" -d 'Print a shell completion script'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "man" -d 'Print the manual page of the program or of one of its commands, in roff'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "explain" -d 'Explain a rule'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "rules" -d 'List all rules with their levels in each preset'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from diagram" -f -a "component" -d 'Layers, packages and bounded contexts with the imports between them; imports that break a rule are red'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from diagram" -f -a "sequence" -d 'The calls of one request in order: from the route through injected dependencies, services and adapters to the queries'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from diagram" -f -a "data-flow" -d 'Where the data of one request goes: through the layers down to the tables that it reads and writes, and to services outside'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from diagram" -f -a "er" -d 'Tables with columns, keys and relationships, read from the models without importing them'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from diagram" -f -a "deployment" -d 'What is deployed, by compose files, Kubernetes manifests, Procfile and Dockerfiles, joined with what the code talks to'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from refactor" -f -a "extract-protocol" -d 'Write a Protocol for a class, and make its dependents depend on the Protocol'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from refactor" -f -a "depend-on-port" -d 'Depend on a port of a class wherever code depends on the class'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from refactor" -f -a "implement-members" -d 'Write the members of an inherited port that a class lacks'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from refactor" -f -a "move" -d 'Move a class, function or constant to another module, or a file or folder to another path; all imports are updated'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from adr" -f -a "list" -d 'List the records, or (`--check`) report their problems with exit code 1'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from adr" -f -a "propose" -d 'Propose a draft for decision'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from adr" -f -a "accept" -d 'Accept a proposed decision'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from adr" -f -a "reject" -d 'Reject a proposed decision; its record stays'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from adr" -f -a "deprecate" -d 'Mark an accepted decision as no longer valid'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from adr" -f -a "supersede" -d 'Supersede an accepted record with another one, with links both ways'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from adr" -f -a "renumber" -d 'Give the newer of two records with the same number the next free one; links and mentions are updated'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from adr" -f -a "index" -d 'Print the list of records, or write it between `<!-- adrlog -->` and `<!-- adrlogstop -->` in their folder'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from cache" -f -a "clean" -d 'Remove the cache of all projects'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from cache" -f -a "path" -d 'Print the folder of the cache'
