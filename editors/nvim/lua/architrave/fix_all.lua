-- Applies all safe fixes of a buffer.

local client = require('architrave.client')

local M = {}

local KIND = 'source.fixAll.architrave'

local function apply(server, action)
  if action.edit then
    vim.lsp.util.apply_workspace_edit(action.edit, server.offset_encoding)
  end
end

---@param buffer integer
function M.apply(buffer)
  local server = client.of(buffer)
  if not server then
    return
  end
  local params = {
    textDocument = { uri = vim.uri_from_bufnr(buffer) },
    range = { start = { line = 0, character = 0 }, ['end'] = { line = vim.api.nvim_buf_line_count(buffer), character = 0 } },
    context = { diagnostics = {}, only = { KIND } },
  }
  client.ask(server, 'textDocument/codeAction', params, buffer, function(actions)
    local action = (actions or {})[1]
    if not action then
      vim.notify('Architrave: there is nothing to fix safely')
    elseif action.edit then
      apply(server, action)
    else
      client.ask(server, 'codeAction/resolve', action, buffer, function(resolved)
        apply(server, resolved)
      end)
    end
  end)
end

return M
