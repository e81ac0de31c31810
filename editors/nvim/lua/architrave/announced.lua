-- Commands that the server may use in lenses and actions if the client announces them.

local M = {}

-- In lenses: `implemented by 2, used by 5`.
local SHOW_PLACES = 'architrave.showPlaces'
-- In actions: `Move Order to another module...`.
local MOVE_SYMBOL = 'architrave.moveSymbol'
-- In actions: `Show sequence of GET /orders`.
local SHOW_PICTURE = 'architrave.showPicture'

---The client's capabilities: all those of Neovim, and these commands.
---@return table
function M.capabilities()
  local capabilities = vim.lsp.protocol.make_client_capabilities()
  capabilities.experimental = { commands = { commands = { SHOW_PLACES, MOVE_SYMBOL, SHOW_PICTURE } } }
  return capabilities
end

vim.lsp.commands[SHOW_PLACES] = function(command, context)
  require('architrave.places').show(command, context)
end

vim.lsp.commands[MOVE_SYMBOL] = function(command, context)
  local buffer = context.bufnr or vim.api.nvim_get_current_buf()
  require('architrave.moves').pick(buffer, command.arguments[1])
end

vim.lsp.commands[SHOW_PICTURE] = function(command, context)
  local buffer = context.bufnr or vim.api.nvim_get_current_buf()
  local argument = vim.tbl_extend('force', command.arguments[1], { form = 'markdown', show = false })
  require('architrave.pictures').draw(buffer, argument)
end

return M
