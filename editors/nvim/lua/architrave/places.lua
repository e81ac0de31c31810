-- The places that a lens counts.

local M = {}

---Shows the places of a lens in the quickfix list; a single place is opened directly.
---@param command table
---@param context table
function M.show(command, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  local encoding = client and client.offset_encoding or 'utf-16'
  local items = vim.lsp.util.locations_to_items(command.arguments[3], encoding)
  vim.fn.setqflist({}, ' ', { title = command.title, items = items })
  vim.cmd(#items == 1 and 'cfirst' or 'botright copen')
end

return M
