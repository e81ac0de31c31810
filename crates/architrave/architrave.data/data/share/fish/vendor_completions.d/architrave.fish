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

complete -c architrave -n "__fish_architrave_needs_command" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_needs_command" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_needs_command" -s V -l version -d 'Print version'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "check" -d 'Report findings. Exit code 0: clean, 1: findings, 2: could not do its work'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "baseline" -d 'Accept the findings that there are: from then on `check` fails on new ones only'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "layers" -d 'Show the layer of each module, with the evidence'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "routes" -d 'Show each endpoint with its handler, response model, authentication, and how many queries it runs'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "deps" -d 'Show cycles with a plan to open them, the coupling of packages, and paths between modules'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "modernize" -d 'Plan the way to an architecture without cycles and wrong imports, in steps with the state after each'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "diagram" -d 'Draw the architecture, or hold documents with pictures to the code'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "review" -d 'Write what a lead architect would say of a project, with the places that prove it'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "refactor" -d 'Change code as the editor\'s refactorings do. Exit code 2: this can\'t be done here'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "design" -d 'Write a new slice (router, schemas, service, repository, model, wiring, tests) after the nearest one of the project'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "adr" -d 'Record a decision, or hold the records to each other and to the code'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "init" -d 'Write a configuration that says what was inferred, or (`--agent`) the files by which coding agents use Architrave'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "context" -d 'Show what must be known before a file or a symbol is edited'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "tool" -d 'Ask one of the tools for coding agents, with its arguments as JSON. Exit code 1: `check` found something'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "mcp" -d 'Serve the tools for coding agents over the Model Context Protocol on stdio'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "hook" -d 'Check the file that a coding agent has edited: for its hook, whose event comes on stdin. Exit code 2: it broke something'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "server" -d 'Run the language server over stdio'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "cache" -d 'Say where what is kept for the next run is, or remove it'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "completions" -d 'Print a script that completes this command line in a shell'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "man" -d 'Print the manual page of the program or of one of its commands, in roff'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "explain" -d 'Explain a rule'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "rules" -d 'List all rules with their levels in each preset'
complete -c architrave -n "__fish_architrave_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c architrave -n "__fish_architrave_using_subcommand check" -l output-format -d 'How to write findings' -r -f -a "full\t'With the lines of code and the reasons'
concise\t'One line each'
json\t'One JSON object; see the README for its shape'
github\t'Workflow commands, which GitHub Actions shows as annotations'
gitlab\t'A Code Quality report of GitLab'
sarif\t'SARIF 2.1.0, for code scanning'
junit\t'`JUnit` XML: a failure for each finding'"
complete -c architrave -n "__fish_architrave_using_subcommand check" -l level -d 'Show findings from this level on (default: warning). JSON, SARIF and statistics hold all levels' -r -f -a "hint\t'What the ideal of the architecture would have'
info\t'What is true and worth knowing'
warning\t'What should be changed'
error\t'What must be changed'"
complete -c architrave -n "__fish_architrave_using_subcommand check" -l fail-on -d 'Exit with 1 from this level on (default: the configuration\'s `fail-on`, else warning)' -r -f -a "hint\t'What the ideal of the architecture would have'
info\t'What is true and worth knowing'
warning\t'What should be changed'
error\t'What must be changed'"
complete -c architrave -n "__fish_architrave_using_subcommand check" -l select -d 'Run only these rules or groups of rules, also those that are off. Repeat it, or separate names by commas' -r
complete -c architrave -n "__fish_architrave_using_subcommand check" -l ignore -d 'Leave out these rules or groups of rules' -r
complete -c architrave -n "__fish_architrave_using_subcommand check" -l style -d 'Judge by this style, whatever the configuration says' -r
complete -c architrave -n "__fish_architrave_using_subcommand check" -l affected -d 'Report only what changes since this git revision (or in a range `A..B`) could have caused' -r
complete -c architrave -n "__fish_architrave_using_subcommand check" -l baseline -d 'Use this baseline instead of the nearest `.architrave-baseline.json` upwards' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand check" -l fix -d 'Apply safe fixes to the files, then report what is left'
complete -c architrave -n "__fish_architrave_using_subcommand check" -l statistics -d 'Count findings by rule and level instead of listing them, as text or (with `--output-format json`) as JSON'
complete -c architrave -n "__fish_architrave_using_subcommand check" -l no-baseline -d 'Report accepted findings too'
complete -c architrave -n "__fish_architrave_using_subcommand check" -l locked -d 'Fail where entries of the baseline no longer hold, instead of taking them out. So it is where `CI` is set'
complete -c architrave -n "__fish_architrave_using_subcommand check" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand baseline" -l baseline -d 'Write this file instead of `.architrave-baseline.json` in the root of the project' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand baseline" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand baseline" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand layers" -l output-format -d 'How to write' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c architrave -n "__fish_architrave_using_subcommand layers" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand layers" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand routes" -l explain -d 'Show the calls and queries behind the figure of one route: `"GET /orders"`, `/orders`, or the name of its handler' -r
complete -c architrave -n "__fish_architrave_using_subcommand routes" -l sort -d 'In which order' -r -f -a "path\t'By path'
cost\t'Those that run most queries first: what grows with the data before what doesn\'t'"
complete -c architrave -n "__fish_architrave_using_subcommand routes" -l only -d 'Only some of them' -r -f -a "costly\t'Those whose number of queries grows with the data'"
complete -c architrave -n "__fish_architrave_using_subcommand routes" -l output-format -d 'How to write' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c architrave -n "__fish_architrave_using_subcommand routes" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand routes" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand deps" -l output-format -l format -d 'How to write' -r -f -a "text\t'For people'
json\t'For programs'
markdown\t'For a pull request or a wiki'
dot\t'A picture for Graphviz'
mermaid\t'A picture for Mermaid'
d2\t'A picture for D2'
svg\t'A picture as it is'
html\t'One page to explore in a browser, offline'"
complete -c architrave -n "__fish_architrave_using_subcommand deps" -l from -d 'Show the shortest way from this module or package, by dotted name or path' -r
complete -c architrave -n "__fish_architrave_using_subcommand deps" -l to -d 'Where the way leads' -r
complete -c architrave -n "__fish_architrave_using_subcommand deps" -l package -d 'The package whose parts are drawn or put into the matrix; the outermost one without' -r
complete -c architrave -n "__fish_architrave_using_subcommand deps" -l output -d 'Write into this file instead of to standard output' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand deps" -l matrix -d 'Show the structure matrix of a package\'s parts instead'
complete -c architrave -n "__fish_architrave_using_subcommand deps" -l editor-links -d 'In a page of HTML: make places links that open VS Code on this machine. The page then names the project\'s folder'
complete -c architrave -n "__fish_architrave_using_subcommand deps" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand deps" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand modernize" -l style -d 'Where the plan leads; without, to the style that the code claims already' -r
complete -c architrave -n "__fish_architrave_using_subcommand modernize" -l output-format -l format -d 'How to write' -r -f -a "text\t'For people'
json\t'For programs'
markdown\t'For a pull request or a wiki'
html\t'One page for a browser, offline'"
complete -c architrave -n "__fish_architrave_using_subcommand modernize" -l output -d 'Write into this file instead of to standard output' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand modernize" -l apply -d 'Carry out this step, by its id, in a clean work tree of git' -r
complete -c architrave -n "__fish_architrave_using_subcommand modernize" -l dry-run -d 'With `--apply`: write no file; print what would change as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand modernize" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand modernize" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and not __fish_seen_subcommand_from component sequence data-flow er deployment help" -l check -d 'Fail with exit code 1 where a picture between markers in one of these Markdown files is stale' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and not __fish_seen_subcommand_from component sequence data-flow er deployment help" -l update -d 'Write the pictures between markers in these Markdown files anew' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and not __fish_seen_subcommand_from component sequence data-flow er deployment help" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and not __fish_seen_subcommand_from component sequence data-flow er deployment help" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and not __fish_seen_subcommand_from component sequence data-flow er deployment help" -f -a "component" -d 'Layers, packages and bounded contexts with the imports between them; those against the rules in red'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and not __fish_seen_subcommand_from component sequence data-flow er deployment help" -f -a "sequence" -d 'What one request does, in order: from the route through what is injected, services and adapters to the queries'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and not __fish_seen_subcommand_from component sequence data-flow er deployment help" -f -a "data-flow" -d 'Where the data of one request goes: through the layers down to the tables that it reads and writes, and to services outside'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and not __fish_seen_subcommand_from component sequence data-flow er deployment help" -f -a "er" -d 'Tables with columns and keys, and what leads from one to another; read from models, nothing is imported'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and not __fish_seen_subcommand_from component sequence data-flow er deployment help" -f -a "deployment" -d 'What runs, by compose files, Kubernetes manifests, Procfile and Dockerfiles, joined with what the code talks to'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and not __fish_seen_subcommand_from component sequence data-flow er deployment help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from component" -l output-format -l format -d 'How to write' -r -f -a "mermaid\t'Mermaid, which code hosts draw in Markdown'
dot\t'For Graphviz'
d2\t'For D2'
json\t'For programs'
text\t'Lines of text with places; for routes alone'
svg\t'A picture as it is: SVG, which browsers and documents show'
html\t'One page to explore in a browser, offline; for components alone'"
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from component" -l check -d 'Print nothing; fail with exit code 1 where this file holds another picture' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from component" -l output -d 'Write into this file instead of to standard output' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from component" -l editor-links -d 'In a page of HTML: make places links that open VS Code on this machine. The page then names the project\'s folder'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from component" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from component" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from sequence" -l limit -d 'Draw at most so many messages: what says least is left out first. With 0 all are drawn' -r
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from sequence" -l output-format -l format -d 'How to write' -r -f -a "mermaid\t'Mermaid, which code hosts draw in Markdown'
dot\t'For Graphviz'
d2\t'For D2'
json\t'For programs'
text\t'Lines of text with places; for routes alone'
svg\t'A picture as it is: SVG, which browsers and documents show'
html\t'One page to explore in a browser, offline; for components alone'"
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from sequence" -l check -d 'Print nothing; fail with exit code 1 where this file holds another picture' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from sequence" -l output -d 'Write into this file instead of to standard output' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from sequence" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from sequence" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from data-flow" -l output-format -l format -d 'How to write' -r -f -a "mermaid\t'Mermaid, which code hosts draw in Markdown'
dot\t'For Graphviz'
d2\t'For D2'
json\t'For programs'
text\t'Lines of text with places; for routes alone'
svg\t'A picture as it is: SVG, which browsers and documents show'
html\t'One page to explore in a browser, offline; for components alone'"
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from data-flow" -l check -d 'Print nothing; fail with exit code 1 where this file holds another picture' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from data-flow" -l output -d 'Write into this file instead of to standard output' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from data-flow" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from data-flow" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from er" -l output-format -l format -d 'How to write' -r -f -a "mermaid\t'Mermaid, which code hosts draw in Markdown'
dot\t'For Graphviz'
d2\t'For D2'
json\t'For programs'
text\t'Lines of text with places; for routes alone'
svg\t'A picture as it is: SVG, which browsers and documents show'
html\t'One page to explore in a browser, offline; for components alone'"
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from er" -l check -d 'Print nothing; fail with exit code 1 where this file holds another picture' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from er" -l output -d 'Write into this file instead of to standard output' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from er" -l context -d 'Draw this bounded context with the tables next to it' -r
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from er" -l around -d 'Draw what lies around this class or table' -r
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from er" -l hops -d 'How far around' -r
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from er" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from er" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from deployment" -l output-format -l format -d 'How to write' -r -f -a "mermaid\t'Mermaid, which code hosts draw in Markdown'
dot\t'For Graphviz'
d2\t'For D2'
json\t'For programs'
text\t'Lines of text with places; for routes alone'
svg\t'A picture as it is: SVG, which browsers and documents show'
html\t'One page to explore in a browser, offline; for components alone'"
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from deployment" -l check -d 'Print nothing; fail with exit code 1 where this file holds another picture' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from deployment" -l output -d 'Write into this file instead of to standard output' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from deployment" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from deployment" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from help" -f -a "component" -d 'Layers, packages and bounded contexts with the imports between them; those against the rules in red'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from help" -f -a "sequence" -d 'What one request does, in order: from the route through what is injected, services and adapters to the queries'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from help" -f -a "data-flow" -d 'Where the data of one request goes: through the layers down to the tables that it reads and writes, and to services outside'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from help" -f -a "er" -d 'Tables with columns and keys, and what leads from one to another; read from models, nothing is imported'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from help" -f -a "deployment" -d 'What runs, by compose files, Kubernetes manifests, Procfile and Dockerfiles, joined with what the code talks to'
complete -c architrave -n "__fish_architrave_using_subcommand diagram; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c architrave -n "__fish_architrave_using_subcommand review" -l output-format -l format -d 'How to write' -r -f -a "markdown\t'For a pull request or a wiki'
html\t'One page for a browser, offline'
json\t'For programs, and for a later review to be compared with'"
complete -c architrave -n "__fish_architrave_using_subcommand review" -l since -d 'Write only what an older review, written as JSON, doesn\'t say' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand review" -l output -d 'Write into this file instead of to standard output' -r -F
complete -c architrave -n "__fish_architrave_using_subcommand review" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand review" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and not __fish_seen_subcommand_from extract-protocol depend-on-port implement-members move help" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and not __fish_seen_subcommand_from extract-protocol depend-on-port implement-members move help" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and not __fish_seen_subcommand_from extract-protocol depend-on-port implement-members move help" -f -a "extract-protocol" -d 'Write a Protocol for a class, and let whoever asks for the class ask for the Protocol'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and not __fish_seen_subcommand_from extract-protocol depend-on-port implement-members move help" -f -a "depend-on-port" -d 'Ask for a port of a class wherever the class is asked for'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and not __fish_seen_subcommand_from extract-protocol depend-on-port implement-members move help" -f -a "implement-members" -d 'Write the members that a class lacks of a port that it inherits from'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and not __fish_seen_subcommand_from extract-protocol depend-on-port implement-members move help" -f -a "move" -d 'Move a class, function or constant to another module, or a file or folder to another path; every import follows'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and not __fish_seen_subcommand_from extract-protocol depend-on-port implement-members move help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from extract-protocol" -l members -d 'Which members the Protocol asks for' -r -f -a "used\t'Those that whoever asks for the class uses'
all\t'All public ones'"
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from extract-protocol" -l runtime-checkable -d 'Decorate it with `@runtime_checkable`'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from extract-protocol" -l dry-run -d 'Write no file; print what would change as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from extract-protocol" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from extract-protocol" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from depend-on-port" -l dry-run -d 'Write no file; print what would change as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from depend-on-port" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from depend-on-port" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from implement-members" -l dry-run -d 'Write no file; print what would change as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from implement-members" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from implement-members" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from move" -l with-helpers -d 'Take private names along that only it uses; otherwise they stay and are imported'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from move" -l dry-run -d 'Write no file; print what would change as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from move" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from move" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from help" -f -a "extract-protocol" -d 'Write a Protocol for a class, and let whoever asks for the class ask for the Protocol'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from help" -f -a "depend-on-port" -d 'Ask for a port of a class wherever the class is asked for'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from help" -f -a "implement-members" -d 'Write the members that a class lacks of a port that it inherits from'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from help" -f -a "move" -d 'Move a class, function or constant to another module, or a file or folder to another path; every import follows'
complete -c architrave -n "__fish_architrave_using_subcommand refactor; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c architrave -n "__fish_architrave_using_subcommand design" -l like -d 'The subject to imitate; the most complete and plain one without' -r
complete -c architrave -n "__fish_architrave_using_subcommand design" -l slices -d 'Only these parts: layers, or words in the paths of files. Separate them by commas' -r
complete -c architrave -n "__fish_architrave_using_subcommand design" -l output-format -d 'How to write the plan' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c architrave -n "__fish_architrave_using_subcommand design" -l without-tests -d 'Leave tests out'
complete -c architrave -n "__fish_architrave_using_subcommand design" -l dry-run -d 'Write no file; print what would change as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand design" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand design" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -l from-finding -d 'Fill in what this finding says, by its fingerprint or the beginning of it' -r
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -l from-diff -d 'Fill in what has changed since this git revision (or in a range `A..B`)' -r
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -l supersedes -d 'The record whose place it takes, which gets a link to it' -r
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -l date -d 'Its date; today without' -r
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -l project -d 'A folder of the project' -r -f -a "(__fish_complete_directories)"
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -l dry-run -d 'Write no file; print what would change as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -a "list" -d 'Show the records, or (`--check`) what is wrong with them: exit code 1'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -a "propose" -d 'Put a draft up for decision'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -a "accept" -d 'Accept a proposed decision'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -a "reject" -d 'Reject a proposed decision; its record stays'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -a "deprecate" -d 'Say that an accepted decision no longer holds'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -a "supersede" -d 'Say that another record takes the place of an accepted one, with links both ways'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -a "renumber" -d 'Give the younger of two records with one number the next free one; links and mentions follow'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -a "index" -d 'Print the list of records, or write it between `<!-- adrlog -->` and `<!-- adrlogstop -->` in their folder'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and not __fish_seen_subcommand_from list propose accept reject deprecate supersede renumber index help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from list" -l project -d 'A folder of the project' -r -f -a "(__fish_complete_directories)"
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from list" -l output-format -d 'How to write' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from list" -l check -d 'Report numbers taken twice, one-sided and broken links, unknown statuses; ignore comments, contracts and baselines that name a record that isn\'t there or no longer holds; records that name a rule or contract that isn\'t there'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from list" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from propose" -l project -d 'A folder of the project' -r -f -a "(__fish_complete_directories)"
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from propose" -l dry-run -d 'Write no file; print what would change as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from propose" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from propose" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from accept" -l project -d 'A folder of the project' -r -f -a "(__fish_complete_directories)"
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from accept" -l dry-run -d 'Write no file; print what would change as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from accept" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from accept" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from reject" -l project -d 'A folder of the project' -r -f -a "(__fish_complete_directories)"
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from reject" -l dry-run -d 'Write no file; print what would change as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from reject" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from reject" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from deprecate" -l project -d 'A folder of the project' -r -f -a "(__fish_complete_directories)"
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from deprecate" -l dry-run -d 'Write no file; print what would change as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from deprecate" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from deprecate" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from supersede" -l by -d 'The record that takes its place, where there is one already' -r
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from supersede" -l project -d 'A folder of the project' -r -f -a "(__fish_complete_directories)"
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from supersede" -l dry-run -d 'Write no file; print what would change as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from supersede" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from supersede" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from renumber" -l project -d 'A folder of the project' -r -f -a "(__fish_complete_directories)"
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from renumber" -l dry-run -d 'Write no file; print what would change as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from renumber" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from renumber" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from index" -l project -d 'A folder of the project' -r -f -a "(__fish_complete_directories)"
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from index" -l check -d 'Write nothing; exit code 1 where a list between markers is stale'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from index" -l dry-run -d 'Write no file; print what would change as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from index" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from index" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from help" -f -a "list" -d 'Show the records, or (`--check`) what is wrong with them: exit code 1'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from help" -f -a "propose" -d 'Put a draft up for decision'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from help" -f -a "accept" -d 'Accept a proposed decision'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from help" -f -a "reject" -d 'Reject a proposed decision; its record stays'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from help" -f -a "deprecate" -d 'Say that an accepted decision no longer holds'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from help" -f -a "supersede" -d 'Say that another record takes the place of an accepted one, with links both ways'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from help" -f -a "renumber" -d 'Give the younger of two records with one number the next free one; links and mentions follow'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from help" -f -a "index" -d 'Print the list of records, or write it between `<!-- adrlog -->` and `<!-- adrlogstop -->` in their folder'
complete -c architrave -n "__fish_architrave_using_subcommand adr; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c architrave -n "__fish_architrave_using_subcommand init" -l agent -d 'Write what makes coding agents use Architrave: the protocol\'s server, a hook after each edit, and rules in words'
complete -c architrave -n "__fish_architrave_using_subcommand init" -l dry-run -d 'Write no file; print what would change as a diff'
complete -c architrave -n "__fish_architrave_using_subcommand init" -l yes -d 'Write without asking'
complete -c architrave -n "__fish_architrave_using_subcommand init" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand init" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand context" -l budget -d 'The most tokens that the answer takes, roughly; what matters least is left out first, and counted' -r
complete -c architrave -n "__fish_architrave_using_subcommand context" -l output-format -d 'How to write' -r -f -a "markdown\t'For people and prompts'
json\t'For programs'"
complete -c architrave -n "__fish_architrave_using_subcommand context" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand context" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand tool" -l project -d 'A folder of the project' -r -f -a "(__fish_complete_directories)"
complete -c architrave -n "__fish_architrave_using_subcommand tool" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand tool" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand mcp" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand mcp" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand hook" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand hook" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand server" -l stdio -d 'Accepted because many clients pass it; stdio is the only transport'
complete -c architrave -n "__fish_architrave_using_subcommand server" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand server" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and not __fish_seen_subcommand_from clean path help" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and not __fish_seen_subcommand_from clean path help" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and not __fish_seen_subcommand_from clean path help" -f -a "clean" -d 'Remove all that is kept, for all projects'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and not __fish_seen_subcommand_from clean path help" -f -a "path" -d 'Print the folder that it is kept in'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and not __fish_seen_subcommand_from clean path help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and __fish_seen_subcommand_from clean" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and __fish_seen_subcommand_from clean" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and __fish_seen_subcommand_from path" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and __fish_seen_subcommand_from help" -f -a "clean" -d 'Remove all that is kept, for all projects'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and __fish_seen_subcommand_from help" -f -a "path" -d 'Print the folder that it is kept in'
complete -c architrave -n "__fish_architrave_using_subcommand cache; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c architrave -n "__fish_architrave_using_subcommand completions" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand completions" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand man" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand man" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand explain" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand explain" -s h -l help -d 'Print help'
complete -c architrave -n "__fish_architrave_using_subcommand rules" -l output-format -d 'How to write' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c architrave -n "__fish_architrave_using_subcommand rules" -l preset -d 'Show the levels that this preset makes' -r -f -a "recommended\t''
strict\t''
layered\t''
clean\t''
hexagonal\t''
fastapi\t''
django\t''"
complete -c architrave -n "__fish_architrave_using_subcommand rules" -l no-cache -d 'Read nothing that earlier runs kept, and keep nothing'
complete -c architrave -n "__fish_architrave_using_subcommand rules" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "check" -d 'Report findings. Exit code 0: clean, 1: findings, 2: could not do its work'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "baseline" -d 'Accept the findings that there are: from then on `check` fails on new ones only'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "layers" -d 'Show the layer of each module, with the evidence'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "routes" -d 'Show each endpoint with its handler, response model, authentication, and how many queries it runs'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "deps" -d 'Show cycles with a plan to open them, the coupling of packages, and paths between modules'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "modernize" -d 'Plan the way to an architecture without cycles and wrong imports, in steps with the state after each'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "diagram" -d 'Draw the architecture, or hold documents with pictures to the code'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "review" -d 'Write what a lead architect would say of a project, with the places that prove it'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "refactor" -d 'Change code as the editor\'s refactorings do. Exit code 2: this can\'t be done here'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "design" -d 'Write a new slice (router, schemas, service, repository, model, wiring, tests) after the nearest one of the project'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "adr" -d 'Record a decision, or hold the records to each other and to the code'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "init" -d 'Write a configuration that says what was inferred, or (`--agent`) the files by which coding agents use Architrave'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "context" -d 'Show what must be known before a file or a symbol is edited'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "tool" -d 'Ask one of the tools for coding agents, with its arguments as JSON. Exit code 1: `check` found something'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "mcp" -d 'Serve the tools for coding agents over the Model Context Protocol on stdio'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "hook" -d 'Check the file that a coding agent has edited: for its hook, whose event comes on stdin. Exit code 2: it broke something'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "server" -d 'Run the language server over stdio'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "cache" -d 'Say where what is kept for the next run is, or remove it'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "completions" -d 'Print a script that completes this command line in a shell'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "man" -d 'Print the manual page of the program or of one of its commands, in roff'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "explain" -d 'Explain a rule'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "rules" -d 'List all rules with their levels in each preset'
complete -c architrave -n "__fish_architrave_using_subcommand help; and not __fish_seen_subcommand_from check baseline layers routes deps modernize diagram review refactor design adr init context tool mcp hook server cache completions man explain rules help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from diagram" -f -a "component" -d 'Layers, packages and bounded contexts with the imports between them; those against the rules in red'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from diagram" -f -a "sequence" -d 'What one request does, in order: from the route through what is injected, services and adapters to the queries'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from diagram" -f -a "data-flow" -d 'Where the data of one request goes: through the layers down to the tables that it reads and writes, and to services outside'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from diagram" -f -a "er" -d 'Tables with columns and keys, and what leads from one to another; read from models, nothing is imported'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from diagram" -f -a "deployment" -d 'What runs, by compose files, Kubernetes manifests, Procfile and Dockerfiles, joined with what the code talks to'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from refactor" -f -a "extract-protocol" -d 'Write a Protocol for a class, and let whoever asks for the class ask for the Protocol'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from refactor" -f -a "depend-on-port" -d 'Ask for a port of a class wherever the class is asked for'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from refactor" -f -a "implement-members" -d 'Write the members that a class lacks of a port that it inherits from'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from refactor" -f -a "move" -d 'Move a class, function or constant to another module, or a file or folder to another path; every import follows'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from adr" -f -a "list" -d 'Show the records, or (`--check`) what is wrong with them: exit code 1'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from adr" -f -a "propose" -d 'Put a draft up for decision'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from adr" -f -a "accept" -d 'Accept a proposed decision'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from adr" -f -a "reject" -d 'Reject a proposed decision; its record stays'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from adr" -f -a "deprecate" -d 'Say that an accepted decision no longer holds'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from adr" -f -a "supersede" -d 'Say that another record takes the place of an accepted one, with links both ways'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from adr" -f -a "renumber" -d 'Give the younger of two records with one number the next free one; links and mentions follow'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from adr" -f -a "index" -d 'Print the list of records, or write it between `<!-- adrlog -->` and `<!-- adrlogstop -->` in their folder'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from cache" -f -a "clean" -d 'Remove all that is kept, for all projects'
complete -c architrave -n "__fish_architrave_using_subcommand help; and __fish_seen_subcommand_from cache" -f -a "path" -d 'Print the folder that it is kept in'
