-- How Neovim 0.11 and newer start the server: `vim.lsp.enable('architrave')` reads this file.

local architrave = require('architrave')

---@type vim.lsp.Config
return {
  cmd = architrave.cmd(),
  capabilities = architrave.capabilities(),
  filetypes = { 'python', 'toml', 'cfg', 'dosini', 'conf' },
  -- Not calling back leaves the buffer alone: of TOML and INI files only those that configure are ours.
  root_dir = function(buffer, on_dir)
    if architrave.wanted(buffer) then
      on_dir(architrave.root(buffer))
    end
  end,
}
