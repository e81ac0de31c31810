-- :checkhealth architrave

local M = {}

local health = vim.health or {}
local start = health.start or require('health').report_start
local ok = health.ok or require('health').report_ok
local failed = health.error or require('health').report_error

function M.check()
  start('architrave')
  local program = require('architrave').cmd()[1]
  if vim.fn.executable(program) == 1 then
    ok(vim.fn.exepath(program) .. ', ' .. vim.trim(vim.fn.system({ program, '--version' })))
  else
    failed('`' .. program .. '` is not on PATH; install it, or set vim.g.architrave_cmd')
  end
end

return M
