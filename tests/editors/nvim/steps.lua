-- Shared by the sessions in Neovim: steps that succeed or end the session, and requests.

local M = {}

local waited = 60000 -- milliseconds for each step
local passed = 0

local version = vim.version()

---Records a feature that was seen to work, for the table of features.
---@param feature string an id of features.json
function M.seen(feature)
  local line = { editor = 'Neovim', version = version.major .. '.' .. version.minor, feature = feature, ok = true }
  if vim.env.SEEN and vim.env.SEEN ~= '' then
    vim.fn.writefile({ vim.fn.json_encode(line) }, vim.env.SEEN, 'a')
  end
end

local function finish(code)
  io.stdout:flush()
  vim.cmd(code == 0 and 'qall!' or 'cquit 1')
end

function M.step(what, holds, detail)
  if not holds then
    print('FAILED: ' .. what .. '\n' .. (detail and vim.inspect(detail()) or '') .. '\n')
    finish(1)
    error(what)
  end
  passed = passed + 1
  print('ok: ' .. what .. '\n')
end

function M.eventually(what, condition, detail)
  local holds = vim.wait(waited, condition, 50)
  M.step(what, holds, detail or M.diagnostics)
end

---@param buffer integer?
function M.diagnostics(buffer)
  return vim.diagnostic.get(buffer or 0)
end

function M.with_code(code, buffer)
  for _, diagnostic in ipairs(M.diagnostics(buffer)) do
    local lsp = diagnostic.user_data and diagnostic.user_data.lsp or {}
    if (diagnostic.code or lsp.code) == code then
      return diagnostic
    end
  end
end

function M.lines(buffer)
  return vim.api.nvim_buf_get_lines(buffer or 0, 0, -1, false)
end

---Whether a line of the buffer contains the text.
function M.has(text, buffer)
  return table.concat(M.lines(buffer), '\n'):find(text, 1, true) ~= nil
end

function M.client()
  return require('architrave.client').of(vim.api.nvim_get_current_buf())
end

function M.sync(method, params)
  for _, answer in pairs(vim.lsp.buf_request_sync(0, method, params, waited) or {}) do
    if answer.error then
      return nil, answer.error
    end
    return answer.result
  end
end

---The actions on a diagnostic, as the menu would list them.
function M.actions(diagnostic)
  local position = { line = diagnostic.lnum, character = diagnostic.col }
  return M.sync('textDocument/codeAction', {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    range = { start = position, ['end'] = position },
    context = { diagnostics = {} },
  }) or {}
end

---Waits until the menu has an action that the function accepts.
function M.action(what, diagnostic, takes)
  local found
  local listed = {}
  M.eventually(what, function()
    -- Fixes need the index, which may still be in progress when the first diagnostics arrive.
    listed = M.actions(diagnostic)
    for _, action in ipairs(listed) do
      if takes(action) then
        found = action
        return true
      end
    end
    return false
  end, function()
    return listed
  end)
  return found, listed
end

function M.is_fix(action)
  return (action.kind or ''):find('^quickfix') ~= nil
end

function M.apply(action)
  if not action.edit then
    action = M.sync('codeAction/resolve', action) or action
  end
  M.step('the action has an edit', action.edit ~= nil, function()
    return action
  end)
  vim.lsp.util.apply_workspace_edit(action.edit, M.client().offset_encoding)
end

---Runs the session, and exits Neovim with 0 if every step succeeded.
function M.run(session)
  local fine, problem = xpcall(session, debug.traceback)
  if not fine then
    print('FAILED: ' .. tostring(problem) .. '\n')
    finish(1)
    return
  end
  local name = 'Neovim ' .. version.major .. '.' .. version.minor
  print('test result: ok. ' .. passed .. ' passed; 0 failed (' .. name .. ')\n')
  finish(0)
end

return M
