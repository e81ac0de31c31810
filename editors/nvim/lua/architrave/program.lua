-- Finds the program: the user's setting, else the project's virtual environment, else PATH.

local M = {}

local is_windows = vim.fn.has('win32') == 1

local function in_environment(folder)
  return folder .. (is_windows and '/Scripts/architrave.exe' or '/bin/architrave')
end

---The candidates for the program, best first: a path or a name, and where it came from.
---@param root string?
---@return { path: string, why: string }[]
local function places(root)
  local list = {}
  if vim.g.architrave_venv ~= false then
    if vim.env.VIRTUAL_ENV and vim.env.VIRTUAL_ENV ~= '' then
      table.insert(list, { path = in_environment(vim.env.VIRTUAL_ENV), why = '$VIRTUAL_ENV' })
    end
    for _, name in ipairs(root and { '.venv', 'venv' } or {}) do
      table.insert(list, { path = in_environment(root .. '/' .. name), why = "the project's " .. name })
    end
  end
  table.insert(list, { path = 'architrave', why = 'PATH' })
  return list
end

---The command line of the server, and where it came from; nil if there is none.
---@param root string? the folder of the project
---@return string[]?, string
function M.find(root)
  if vim.g.architrave_cmd then
    local command = vim.deepcopy(vim.g.architrave_cmd)
    command[1] = vim.fn.expand(command[1])
    return vim.fn.executable(command[1]) == 1 and command or nil, 'vim.g.architrave_cmd'
  end
  for _, place in ipairs(places(root)) do
    if vim.fn.executable(place.path) == 1 then
      return { vim.fn.exepath(place.path), 'server' }, place.why
    end
  end
  return nil, ''
end

---Where the program was searched, for users who wonder why it isn't found.
---@param root string?
---@return string
function M.searched(root)
  if vim.g.architrave_cmd then
    return '`' .. vim.g.architrave_cmd[1] .. '` (vim.g.architrave_cmd)'
  end
  local words = {}
  for _, place in ipairs(places(root)) do
    table.insert(words, place.why == 'PATH' and 'PATH' or place.path)
  end
  return table.concat(words, ', ')
end

-- Once per folder: otherwise every opened file would repeat it.
local complained = {}

---Reports that the program is missing, and where it was searched.
---@param root string?
function M.complain(root)
  if complained[root or ''] then
    return
  end
  complained[root or ''] = true
  local message = 'Architrave: there is no program `architrave`. Searched: ' .. M.searched(root) .. '. See :help architrave-install'
  vim.schedule(function()
    vim.notify(message, vim.log.levels.WARN)
  end)
end

return M
