-- The pages of the rules. The server has the texts.

local client = require('architrave.client')

local M = {}

local COMMAND = 'architrave.ruleDocumentation'

---The rules of the findings on the cursor's line.
---@param buffer integer
---@return string[]
local function at_cursor(buffer)
  local rules = {}
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer, { lnum = line })) do
    local lsp = diagnostic.user_data and diagnostic.user_data.lsp or {}
    local rule = diagnostic.code or lsp.code
    if diagnostic.source == 'architrave' and rule and not vim.tbl_contains(rules, rule) then
      table.insert(rules, rule)
    end
  end
  return rules
end

local function show(rule, page)
  local name = 'architrave-rule://' .. rule
  -- The answer arrives after the command, when another window may be current: the page gets a separate window.
  vim.cmd('botright new')
  local old = vim.fn.bufnr('^' .. name .. '$')
  if old ~= -1 then
    vim.api.nvim_buf_delete(old, { force = true })
  end
  vim.api.nvim_buf_set_name(0, name)
  vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(vim.trim(page), '\n'))
  for option, value in pairs({ buftype = 'nofile', bufhidden = 'wipe', swapfile = false, modifiable = false, filetype = 'markdown' }) do
    vim.opt_local[option] = value
  end
  vim.api.nvim_buf_set_keymap(0, 'n', 'q', '<Cmd>close<CR>', { noremap = true, silent = true })
end

---Shows the page of a rule: the one named, else that of the finding on the cursor's line, else one that the user picks.
---@param buffer integer
---@param named string?
function M.explain(buffer, named)
  local server = client.of(buffer)
  if not server then
    return
  end
  local function page(rule)
    client.run(server, COMMAND, { rule }, buffer, function(text)
      if type(text) == 'string' then
        show(rule, text)
      else
        vim.notify('Architrave: there is no rule `' .. rule .. '`', vim.log.levels.ERROR)
      end
    end)
  end
  local here = named and { named } or at_cursor(buffer)
  if #here == 1 then
    page(here[1])
    return
  end
  client.run(server, COMMAND, {}, buffer, function(list)
    local choices = {}
    for _, rule in ipairs(type(list) == 'table' and list or {}) do
      if #here == 0 or vim.tbl_contains(here, rule.id) then
        table.insert(choices, rule)
      end
    end
    local options = {
      prompt = 'Explain',
      kind = 'architrave.rule',
      format_item = function(rule)
        return rule.id .. ': ' .. rule.summary
      end,
    }
    vim.ui.select(choices, options, function(rule)
      if rule then
        page(rule.id)
      end
    end)
  end)
end

---The ids of all rules, for completing the command.
---@param buffer integer
---@return string[]
function M.ids(buffer)
  local answers = vim.lsp.buf_request_sync(buffer, 'workspace/executeCommand', { command = COMMAND, arguments = {} }, 1000)
  local ids = {}
  for _, answer in pairs(answers or {}) do
    for _, rule in ipairs(type(answer.result) == 'table' and answer.result or {}) do
      table.insert(ids, rule.id)
    end
  end
  return ids
end

return M
