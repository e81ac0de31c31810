-- Starts the server for Python files and for its configuration files. `vim.g.architrave_enabled = false` before this
-- file is read leaves that to you.

if vim.g.loaded_architrave or vim.g.architrave_enabled == false then
  return
end
vim.g.loaded_architrave = true

if vim.lsp.enable then
  -- 0.11 and newer: lsp/architrave.lua does the rest.
  vim.lsp.enable('architrave')
  return
end

-- 0.7 to 0.10. Every file type is checked, since the file types of configuration files differ between versions.
vim.api.nvim_create_autocmd({ 'FileType', 'BufReadPost', 'BufNewFile' }, {
  group = vim.api.nvim_create_augroup('architrave', { clear = true }),
  callback = function(event)
    require('architrave').attach(event and event.buf or vim.api.nvim_get_current_buf())
  end,
})
