-- Moves a class, function or constant to another module: one that the server suggests, or one that the user names.

local client = require('architrave.client')

local M = {}

---Moves it and updates every import.
---@param buffer integer
---@param place { path: string, symbol: string }
---@param target string the dotted name of the module
---@param with_helpers boolean? whether private names that only it uses move too
function M.move(buffer, place, target, with_helpers)
  local server = client.of(buffer)
  if server then
    local argument = { path = place.path, symbol = place.symbol, target = target, withHelpers = with_helpers or false }
    client.run(server, 'architrave.move', { argument }, buffer)
  end
end

local function described(choice)
  if not choice.module then
    return 'Another module...'
  end
  local words = choice.module
  if type(choice.layer) == 'string' then
    words = words .. ' (' .. choice.layer .. ')'
  end
  return type(choice.reason) == 'string' and words .. ': ' .. choice.reason or words
end

local function name_one(buffer, place)
  vim.ui.input({ prompt = 'Move ' .. place.symbol .. ' to module: ' }, function(target)
    if target and vim.trim(target) ~= '' then
      M.move(buffer, place, vim.trim(target))
    end
  end)
end

---Lets the user pick the module, nearest first.
---@param buffer integer
---@param place { path: string, symbol: string }
function M.pick(buffer, place)
  local server = client.of(buffer)
  if not server then
    return
  end
  local question = { path = place.path, symbol = place.symbol }
  client.run(server, 'architrave.moveTargets', { question }, buffer, function(targets)
    local choices = vim.list_extend({}, type(targets) == 'table' and targets or {})
    table.insert(choices, {})
    local options = { prompt = 'Move ' .. place.symbol .. ' to', format_item = described, kind = 'architrave.move' }
    vim.ui.select(choices, options, function(choice)
      if choice and choice.module then
        M.move(buffer, place, choice.module)
      elseif choice then
        name_one(buffer, place)
      end
    end)
  end)
end

return M
