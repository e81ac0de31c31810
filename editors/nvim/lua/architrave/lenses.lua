-- Code lenses are shown automatically; `vim.g.architrave_lenses = false` leaves that to the user.

local client = require('architrave.client')

local M = {}

local group = vim.api.nvim_create_augroup('architrave_lenses', { clear = true })

local function refresh(buffer)
  if not vim.api.nvim_buf_is_loaded(buffer) or not client.of(buffer) then
    return
  end
  if vim.fn.has('nvim-0.10') == 1 then
    vim.lsp.codelens.refresh({ bufnr = buffer })
  elseif vim.api.nvim_get_current_buf() == buffer then
    -- Older versions refresh only the current buffer.
    vim.lsp.codelens.refresh()
  end
end

---Shows the lenses of the buffer, and keeps them up to date.
---@param buffer integer
function M.show(buffer)
  if vim.g.architrave_lenses == false then
    return
  end
  if vim.lsp.codelens.enable then
    -- 0.12 and newer refresh by themselves, and when the server requests it.
    vim.lsp.codelens.enable(true, { bufnr = buffer })
    return
  end
  vim.api.nvim_clear_autocmds({ group = group, buffer = buffer })
  -- Diagnostics arrive when the server has read the project, and when its results change: then lenses may change too.
  vim.api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'BufWritePost', 'DiagnosticChanged' }, {
    group = group,
    buffer = buffer,
    callback = function()
      refresh(buffer)
    end,
  })
end

return M
