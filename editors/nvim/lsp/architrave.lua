-- Starts the server in Neovim 0.11 and newer: `vim.lsp.enable('architrave')` reads this file.

local architrave = require('architrave')
local program = require('architrave.program')

local settings = architrave.settings()

-- Before 0.11.3 `cmd` doesn't receive the configuration: it is called right after `root_dir`.
local last_root

---@type vim.lsp.Config
return {
  -- A function, since the program may be in the project's own virtual environment.
  cmd = function(dispatchers, config)
    local root = config and config.root_dir or last_root or vim.fn.getcwd()
    return vim.lsp.rpc.start(architrave.cmd(root), dispatchers, { cwd = root })
  end,
  capabilities = architrave.capabilities(),
  settings = settings,
  init_options = settings.architrave,
  filetypes = { 'python', 'toml', 'cfg', 'dosini', 'conf' },
  -- Without the callback the buffer is left alone: of TOML and INI files only configuration files are ours.
  root_dir = function(buffer, on_dir)
    if not architrave.wanted(buffer) then
      return
    end
    local root = architrave.root(buffer)
    if program.find(root) then
      last_root = root
      on_dir(root)
    else
      program.complain(root)
    end
  end,
  on_attach = architrave.on_attach,
}
