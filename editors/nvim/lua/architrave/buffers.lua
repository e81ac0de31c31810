-- Which buffers the server handles, and from which folder.

local M = {}

-- The configuration files whose own mistakes the server reports.
local CONFIGURATION = {
  ['architrave.toml'] = true,
  ['pyproject.toml'] = true,
  ['tach.toml'] = true,
  ['.importlinter'] = true,
  ['setup.cfg'] = true,
}

-- In this order: a repository is opened as a whole, since the server itself finds the configuration that governs a
-- file, upwards from the file.
local MARKERS = { '.git', 'architrave.toml', 'pyproject.toml', 'tach.toml', '.importlinter', 'setup.cfg', 'setup.py' }

---Whether the buffer is Python or a configuration file, and on disk.
---@param buffer integer
---@return boolean
function M.wanted(buffer)
  local path = vim.api.nvim_buf_get_name(buffer)
  if path == '' or path:find('^%a[%w+.-]+://') or vim.api.nvim_buf_get_option(buffer, 'buftype') ~= '' then
    return false
  end
  local is_python = vim.api.nvim_buf_get_option(buffer, 'filetype') == 'python'
  return is_python or CONFIGURATION[vim.fn.fnamemodify(path, ':t')] == true
end

---The folder to open for the buffer.
---@param buffer integer
---@return string
function M.root(buffer)
  local folder = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':p:h')
  for _, marker in ipairs(MARKERS) do
    local upwards = vim.fn.fnameescape(folder) .. ';'
    local found = vim.fn.findfile(marker, upwards)
    if found == '' then
      found = vim.fn.finddir(marker, upwards)
    end
    if found ~= '' then
      return vim.fn.fnamemodify(found, ':p'):gsub('[/\\]$', ''):match('^(.*)[/\\]') or folder
    end
  end
  return folder
end

return M
